package dev.gatewatch.terminal;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The server, asked once.
 *
 * @param reading null when there was none, for which {@code trouble} has the reason
 */
record Observation(
        @Nullable Reading reading,
        @Nullable String database,
        @Nullable Trouble trouble) {

    /** Asks; blocks for a few timeouts at most. */
    static Observation of(Server server) {
        try {
            Reading reading = server.status();
            return new Observation(reading, server.database(), null);
        } catch (NoAnswerException e) {
            return new Observation(null, null, e.trouble());
        }
    }

    /** Asks, and gives up after the timeout whatever it hangs in: a name that is not resolved, an answer that trickles in. */
    static Observation within(Server server, Duration timeout) throws InterruptedException {
        FutureTask<Observation> task = new FutureTask<>(() -> of(server));
        Thread thread = new Thread(task, "check");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Observation(null, null, Trouble.timedOut(server.address(), timeout));
        } catch (ExecutionException e) {
            throw new IllegalStateException("Asking failed in an unexpected way", e.getCause());
        }
    }

    Judgement judgement() {
        return reading == null || trouble != null
                ? Judgement.unknown(trouble == null ? new Trouble(Trouble.Kind.BROKEN, "nothing was told") : trouble)
                : Judgement.of(reading, database);
    }
}
