package dev.gatewatch.bot;

import dev.gatewatch.connection.DurationWords;
import dev.gatewatch.history.History;
import dev.gatewatch.history.UptimeReport;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.core.spec.EmbedCreateFields;
import discord4j.core.spec.EmbedCreateSpec;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** {@code /uptime}: how available the bot was over 24 hours, 7 and 30 days. */
@Singleton
final class UptimeCommand implements BuiltIn {

    private static final Set<String> WINDOWS = Set.of("24h", "7d", "30d");

    private final History history;

    UptimeCommand(History history) {
        this.history = history;
    }

    @Override
    public String name() {
        return "uptime";
    }

    @Override
    public String description() {
        return "How available the bot was: 24 hours, 7 days, 30 days";
    }

    @Override
    public Duration cooldown() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Mono<Answer> handle(ChatInputInteractionEvent event) {
        return history.uptime().map(UptimeCommand::embed).map(Answer::of);
    }

    private static EmbedCreateSpec embed(List<UptimeReport> reports) {
        return EmbedCreateSpec.builder()
                .title("Uptime")
                .addAllFields(reports.stream()
                        .filter(report -> WINDOWS.contains(report.window()))
                        .map(report -> EmbedCreateFields.Field.of(report.window(), figures(report.total()), true))
                        .toList())
                .build();
    }

    private static String figures(UptimeReport.Figures figures) {
        if (figures.percent().isEmpty()) {
            return "nothing on record";
        }
        String incidents = figures.incidents() == 1 ? "1 incident" : figures.incidents() + " incidents";
        return Words.percent(figures.percent().getAsDouble()) + "\n" + incidents + "\ndown for "
                + DurationWords.of(figures.down());
    }
}
