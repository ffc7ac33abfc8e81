package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A directory that knows the gateway, or fails as a test tells it to. */
final class FakeDirectory implements GatewayDirectory {

    static final GatewayBot ANSWER = new GatewayBot("ws://gateway", 1, 1_000, 1_000, Duration.ofHours(24), 1);

    int asked;
    int forgotten;

    /** Whether no answer ever comes. */
    boolean silent;

    GatewayBot answer = ANSWER;

    /** What Discord's fresh word brings about. */
    Runnable confirming = () -> {};

    @Nullable
    Failure failure;

    @Override
    public Mono<GatewayBot> lookup() {
        return Mono.defer(() -> {
            asked++;
            if (silent) {
                return Mono.never();
            }
            return failure == null ? Mono.just(answer) : Mono.error(new ConnectionEnded(failure));
        });
    }

    @Override
    public Mono<GatewayBot> first() {
        return Mono.just(ANSWER);
    }

    @Override
    public Mono<Void> confirm() {
        return Mono.fromRunnable(() -> confirming.run());
    }

    @Override
    public int recommendedShards() {
        return asked == 0 ? 0 : answer.shards();
    }

    @Override
    public URI address() {
        return URI.create("http://api");
    }

    @Override
    public void forget() {
        forgotten++;
    }
}
