package dev.gatewatch.bot;

import dev.gatewatch.connection.DurationWords;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.ShardSnapshot;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.history.History;
import dev.gatewatch.history.HistoryUnavailableException;
import dev.gatewatch.history.IncidentQuery;
import dev.gatewatch.status.StatusBoard;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.core.spec.EmbedCreateSpec;
import discord4j.rest.util.Color;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/** {@code /status}: how the bot is connected, and when it last was not. */
@Singleton
final class StatusCommand implements BuiltIn {

    private final StatusBoard board;
    private final History history;
    private final Clock clock = Clock.systemUTC();

    StatusCommand(StatusBoard board, History history) {
        this.board = board;
        this.history = history;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String description() {
        return "How the bot is connected to Discord";
    }

    @Override
    public Mono<Answer> handle(ChatInputInteractionEvent event) {
        IncidentQuery latest = new IncidentQuery(null, null, null, Set.of(), Set.of(), null, 1);
        Instant now = clock.instant();
        return history.incidents(latest)
                .map(page -> page.items().stream()
                        .findFirst()
                        .map(incident -> IncidentsCommand.line(incident, now))
                        .orElse("None on record"))
                .onErrorResume(
                        HistoryUnavailableException.class,
                        error -> Mono.just("Not known: the history is not available"))
                .map(incident -> Answer.of(embed(board.current(), event, incident, now)));
    }

    private static EmbedCreateSpec embed(
            Snapshot snapshot, ChatInputInteractionEvent event, String incident, Instant now) {
        Phase phase = snapshot.phase();
        int shard = event.getShardInfo().getIndex();
        Optional<ShardSnapshot> own = Optional.ofNullable(snapshot.shards().get(shard));
        return EmbedCreateSpec.builder()
                .title("Connection to Discord")
                .color(phase == Phase.CONNECTED ? Color.of(0x2E7D32) : Color.of(0xC62828))
                .addField("State", Words.of(phase), true)
                .addField("Uptime", DurationWords.of(snapshot.uptime(now)), true)
                .addField(
                        "Latency",
                        own.map(ShardSnapshot::latency).map(Words::millis).orElse("not measured yet"),
                        true)
                .addField(
                        "Shard",
                        shard + " of " + event.getShardInfo().getCount()
                                + own.map(seen -> " (" + Words.of(seen.phase()) + ")")
                                        .orElse(""),
                        true)
                .addField("Last incident", incident, false)
                .timestamp(now)
                .build();
    }
}
