package dev.gatewatch.gateway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * By when a supervisor's current step must be over. Past that, nothing is scheduled that could end it.
 *
 * <p>For liveness only. Used on the supervision's thread.
 */
final class StepDeadline {

    /** How late a step may be: a process that stood still has much to catch up with. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** The longest that anybody can keep a turn: until HELLO and READY must have come, with all patience there is. */
    static final Duration LONGEST_TURN = Duration.ofMinutes(20);

    private final Scheduler scheduler;
    private final Supplier<Duration> turnHeldUp;
    private boolean inLine;
    private long due;

    /**
     * @param scheduler measures the time
     * @param turnHeldUp for how long somebody has kept a turn that others wait for
     */
    StepDeadline(Scheduler scheduler, Supplier<Duration> turnHeldUp) {
        this.scheduler = scheduler;
        this.turnHeldUp = turnHeldUp;
    }

    /** A step begins that takes no longer than this. */
    void waits(Duration longest) {
        inLine = false;
        due = now() + longest.toNanos();
    }

    /** The wait for a turn begins, which takes as long as others have theirs. */
    void waitsForTurn() {
        inLine = true;
    }

    /** Whether the step, or the attempt that is under way, is past its deadline. */
    boolean isOver(@Nullable Attempt attempt) {
        if (attempt != null) {
            return attempt.overdue().compareTo(GRACE) > 0;
        }
        return inLine
                ? turnHeldUp.get().compareTo(LONGEST_TURN) > 0
                : Duration.ofNanos(now() - due).compareTo(GRACE) > 0;
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
