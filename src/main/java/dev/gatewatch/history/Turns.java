package dev.gatewatch.history;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Turns at round times of the wall clock, which waits for none of them longer than a period: a clock that is set back, or forward,
 * neither delays turns nor makes up for any.
 */
final class Turns {

    private final Scheduler scheduler;
    private final Supplier<Instant> clock;

    Turns(Scheduler scheduler, Supplier<Instant> clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** A turn per period, each so long after a round time; never two at once, and none is made up for. */
    Flux<Long> every(Duration period, Duration after) {
        return Mono.defer(() -> Mono.delay(wait(period, after), scheduler)).repeat();
    }

    /** A wait that ended a moment early must not end in a second turn for the same round time. */
    private Duration wait(Duration period, Duration after) {
        long length = period.toMillis();
        long left = length - Math.floorMod(clock.get().toEpochMilli() - after.toMillis(), length);
        return Duration.ofMillis(left < length / 60 ? left + length : left);
    }
}
