package dev.gatewatch.bot;

import dev.gatewatch.connection.ShardSnapshot;
import dev.gatewatch.status.StatusBoard;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import jakarta.inject.Singleton;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** {@code /ping}: how quickly the gateway answers on this shard. */
@Singleton
final class PingCommand implements BuiltIn {

    private final StatusBoard board;

    PingCommand(StatusBoard board) {
        this.board = board;
    }

    @Override
    public String name() {
        return "ping";
    }

    @Override
    public String description() {
        return "How quickly the connection to Discord answers";
    }

    @Override
    public Mono<Answer> handle(ChatInputInteractionEvent event) {
        int shard = event.getShardInfo().getIndex();
        String latency = Optional.ofNullable(board.current().shards().get(shard))
                .map(ShardSnapshot::latency)
                .map(Words::millis)
                .orElse("not measured yet");
        return Mono.just(Answer.of("Pong! Heartbeat on shard " + shard + ": " + latency + "."));
    }
}
