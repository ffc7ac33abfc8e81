package dev.gatewatch.bot;

import dev.gatewatch.connection.DurationWords;
import dev.gatewatch.history.History;
import dev.gatewatch.history.Incident;
import dev.gatewatch.history.IncidentQuery;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.core.object.command.ApplicationCommandOption;
import discord4j.core.spec.EmbedCreateSpec;
import discord4j.discordjson.json.ApplicationCommandOptionData;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** {@code /incidents}: when the bot was away lately, for how long, and why. */
@Singleton
final class IncidentsCommand implements BuiltIn {

    private static final int USUAL = 5;
    private static final int MOST = 10;

    private final History history;
    private final Clock clock = Clock.systemUTC();

    IncidentsCommand(History history) {
        this.history = history;
    }

    @Override
    public String name() {
        return "incidents";
    }

    @Override
    public String description() {
        return "When the bot was away lately, for how long, and why";
    }

    @Override
    public List<ApplicationCommandOptionData> options() {
        return List.of(ApplicationCommandOptionData.builder()
                .name("count")
                .description("How many, 1 to " + MOST + "; " + USUAL + " when left out")
                .type(ApplicationCommandOption.Type.INTEGER.getValue())
                .minValue(1.0)
                .maxValue((double) MOST)
                .build());
    }

    @Override
    public Duration cooldown() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Mono<Answer> handle(ChatInputInteractionEvent event) {
        int count = event.getOptionAsLong("count").map(Math::toIntExact).orElse(USUAL);
        IncidentQuery query = new IncidentQuery(null, null, null, Set.of(), Set.of(), null, count);
        return history.incidents(query).map(page -> Answer.of(embed(page.items(), clock.instant())));
    }

    /** One incident in a line. */
    static String line(Incident incident, Instant now) {
        return Words.time(incident.start()) + ": shard " + incident.shard() + ", "
                + (incident.isOpen() ? "since " : "") + DurationWords.of(incident.duration(now)) + ", "
                + Words.of(incident.cause()) + ", verdict: "
                + Words.of(incident.verdict().blame());
    }

    private static EmbedCreateSpec embed(List<Incident> incidents, Instant now) {
        String lines = incidents.isEmpty()
                ? "None on record."
                : incidents.stream().map(incident -> "• " + line(incident, now)).collect(Collectors.joining("\n"));
        return EmbedCreateSpec.builder().title("Incidents").description(lines).build();
    }
}
