package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.OperatorAction;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What an operator can order, one order after the other.
 *
 * <p>Each command becomes a fact before it is carried out, and completes when it is. One that makes no sense now fails with
 * {@link Refused}, and is no fact. Safe from any thread; never blocks.
 */
@Singleton
public class GatewayCommands {

    private final GatewayService service;
    private final GatewayConfig config;
    private final ConnectionEvents events;

    GatewayCommands(GatewayService service, GatewayConfig config, ConnectionEvents events) {
        this.service = service;
        this.config = config;
        this.events = events;
    }

    /** Stops all shards, keeping their sessions; only a start ends it. */
    public Mono<Void> stop(Order order) {
        return inTurn(Mono.defer(() -> {
            Fleet fleet = running();
            note(OperatorAction.STOP, null, order);
            return fleet.halt(failure("Stopped by an operator", order));
        }));
    }

    /** Starts what is stopped, whatever stopped it; with the token of now, when that of before was refused or absent. */
    public Mono<Void> start(Order order) {
        return inTurn(Mono.defer(() -> {
            Optional<Fleet> usable = service.fleet().filter(fleet -> !fleet.isTokenRefused() && !fleet.hasEnded());
            if (usable.isPresent()) {
                return resume(usable.get(), order);
            }
            return service.fromDisk(this::read).flatMap(token -> {
                note(OperatorAction.START, null, order);
                return service.replace(token, failure("Started by an operator", order));
            });
        }));
    }

    /**
     * Cuts the connection and makes a new one at once, whatever wait is under way.
     *
     * @param keepSession whether to resume; else the session is dropped, and an IDENTIFY spent
     * @param shard which shard; null for all
     */
    public Mono<Void> reconnect(Order order, boolean keepSession, @Nullable Integer shard) {
        OperatorAction action = keepSession ? OperatorAction.RECONNECT : OperatorAction.RECONNECT_WITH_NEW_SESSION;
        return inTurn(Mono.defer(() -> {
            Fleet fleet = running();
            List<Integer> targets = shard == null ? fleet.shards() : List.of(shard);
            if (!fleet.shards().containsAll(targets)) {
                throw new Refused("There is no shard " + shard + " here; there are " + fleet.shards() + ".");
            }
            if (shard != null && !fleet.isRunning(shard)) {
                throw new Refused("Shard " + shard + " is stopped. POST /admin/start starts it.");
            }
            note(action, shard, order);
            return fleet.reconnect(targets, keepSession, failure("Reconnected by an operator", order));
        }));
    }

    /** Reads the token file, and starts again with its token. */
    public Mono<Void> reloadToken(Order order) {
        return inTurn(Mono.defer(() -> {
            Path file = config.tokenFile()
                    .orElseThrow(() ->
                            new Refused("The token comes from DISCORD_TOKEN, which cannot change while the process"
                                    + " runs. Restart it, or use DISCORD_TOKEN_FILE."));
            return service.fromDisk(this::read).flatMap(token -> reload(token, file, order));
        }));
    }

    private Mono<Void> reload(BotToken token, Path file, Order order) {
        boolean same = service.fleet()
                .map(fleet -> fleet.token().secret().equals(token.secret()))
                .orElse(false);
        if (same) {
            throw new Refused(file + " still holds the token that is in use. Write the new one into it first.");
        }
        note(OperatorAction.RELOAD_TOKEN, null, order);
        return service.replace(token, failure("Token reloaded by an operator", order));
    }

    /** Makes a fact of an action that concerns no connection. */
    public void note(OperatorAction action, Order order) {
        note(action, null, order);
    }

    private Mono<Void> resume(Fleet fleet, Order order) {
        if (!fleet.isAnyStopped()) {
            throw new Refused("It runs already. POST /admin/reconnect makes a new connection.");
        }
        note(OperatorAction.START, null, order);
        return fleet.resume();
    }

    private Fleet running() {
        return service.fleet()
                .filter(Fleet::isAnyRunning)
                .orElseThrow(() -> new Refused("It is stopped. POST /admin/start starts it."));
    }

    private BotToken read() {
        try {
            return BotToken.from(config)
                    .orElseThrow(
                            () -> new Refused("There is no bot token: neither DISCORD_TOKEN nor DISCORD_TOKEN_FILE is"
                                    + " set. Set one and restart."));
        } catch (IllegalArgumentException e) {
            throw new Refused("DISCORD_TOKEN_FILE should be " + e.getMessage() + ".");
        }
    }

    private void note(OperatorAction action, @Nullable Integer shard, Order order) {
        int concerned = shard == null ? ShardLayout.first(config) : shard;
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        events.publish(new ConnectionEvent.OperatorActed(concerned, now, action, order.client(), order.reason()));
    }

    private Mono<Void> inTurn(Mono<Void> command) {
        Mono<Void> order = Mono.defer(() -> service.hasBegun()
                ? command
                : Mono.error(new Refused("It has not begun yet. GET /q/health/ready says what it waits for.")));
        return service.inTurn(order)
                .onErrorMap(
                        TimeoutException.class,
                        late -> new Refused("The order was given up after " + Orders.PATIENCE.toSeconds()
                                + " s. The disk under GATEWATCH_DATA_DIR may not answer: see the log."));
    }

    private static Failure failure(String what, Order order) {
        return Failure.of(Failure.Kind.OPERATOR, what + ": " + order.reason());
    }

    /**
     * Who wants something, and why.
     *
     * @param client where from: a network address
     * @param reason in the operator's words
     */
    public record Order(String client, String reason) {}

    /** The command makes no sense now; the message says why, and what does. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
