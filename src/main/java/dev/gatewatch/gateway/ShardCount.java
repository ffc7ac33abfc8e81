package dev.gatewatch.gateway;

import dev.gatewatch.connection.CloseCode;
import dev.gatewatch.connection.Failure;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import reactor.core.publisher.Mono;

/**
 * How many shards the bot has, and whether a new session may still be begun with that number.
 *
 * <p>A configured number always holds. A number that only the sessions of an earlier process vouch for holds while one of those
 * sessions lives. And no number holds that Discord refuses with close code 4011. Otherwise Discord's recommendation counts, and the
 * fleet is replaced by one of that size. Thread-safe.
 */
final class ShardCount {

    private final boolean configured;
    private final boolean stored;
    private final GatewayDirectory directory;
    private final BooleanSupplier sessionsLeft;
    private final IntConsumer replaced;
    private final Set<Integer> refused = ConcurrentHashMap.newKeySet();
    private volatile int count;

    /**
     * @param configured what an operator set
     * @param recommended what Discord recommended a moment ago
     * @param stored what sessions that can be resumed were begun with
     * @param directory knows what Discord recommends
     * @param sessionsLeft whether any shard has a session to resume
     * @param replaced is told the number that is to take the place of this one
     */
    ShardCount(
            OptionalInt configured,
            OptionalInt recommended,
            OptionalInt stored,
            GatewayDirectory directory,
            BooleanSupplier sessionsLeft,
            IntConsumer replaced) {
        this.configured = configured.isPresent();
        this.stored = configured.isEmpty() && recommended.isEmpty() && stored.isPresent();
        count = configured.orElse(recommended.orElse(stored.orElse(0)));
        this.directory = directory;
        this.sessionsLeft = sessionsLeft;
        this.replaced = replaced;
    }

    /** The number; 0 before it is known. */
    int get() {
        return count;
    }

    /** Takes Discord's first word. */
    void set(int recommended) {
        count = recommended;
    }

    /** Whether Discord can be asked for a better number after this failure of a shard; if so, it will be. */
    boolean isDoubtedBy(int shard, Failure failure) {
        boolean tooFew = failure.kind() == Failure.Kind.CLOSED
                && Integer.valueOf(CloseCode.SHARDING_REQUIRED.code()).equals(failure.code());
        if (configured || !tooFew) {
            return false;
        }
        if (refused.remove(shard)) {
            return false; // Discord was asked already
        }
        refused.add(shard);
        directory.forget();
        return true;
    }

    /**
     * Completes when the shard may begin a session with this number. Fails when Discord refuses the number and knows no larger one, or
     * cannot be asked. Never completes when another fleet takes the place of this one.
     */
    Mono<Void> agreed(int shard) {
        return Mono.defer(() -> {
            if (refused.contains(shard)) {
                return directory.lookup().flatMap(answer -> larger(answer.shards()));
            }
            boolean vouchedFor = !stored || sessionsLeft.getAsBoolean();
            return vouchedFor ? Mono.empty() : directory.lookup().flatMap(answer -> same(answer.shards()));
        });
    }

    private Mono<Void> larger(int recommended) {
        return recommended > count ? replaced(recommended) : Mono.error(new ConnectionEnded(stillTooFew()));
    }

    private Mono<Void> same(int recommended) {
        return recommended == count ? Mono.empty() : replaced(recommended);
    }

    private Mono<Void> replaced(int recommended) {
        replaced.accept(recommended);
        return Mono.never();
    }

    private Failure stillTooFew() {
        return Failure.closed(CloseCode.SHARDING_REQUIRED.code(), "Discord still recommends no more than " + count);
    }
}
