package dev.gatewatch.status;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Notices that the process did not run, or that the machine's clock was set, and tells it as a fact of every shard.
 *
 * <ol>
 *   <li>Every second it reads three clocks on a thread that does nothing else.
 *   <li>Time since boot that passed between two looks, but should not have, is a pause.
 *   <li>What the wall clock went further, or less far, than the time since boot is how far it was set.
 * </ol>
 *
 * <p>Where no clock tells the time since boot, a wall clock that went further is taken for a suspended machine. Further by more than a
 * week, it is taken for a clock that was set.
 */
@Singleton
public class ProcessWatch {

    /** How much later than expected a look must come for a pause: a crash is seen as exactly. */
    static final Duration LEAST_PAUSE = Duration.ofSeconds(5);

    /** Clocks are corrected by less all the time, and that changes nothing. */
    static final Duration LEAST_STEP = Duration.ofSeconds(1);

    /** No machine is suspended for longer, as far as a wall clock alone can tell. */
    static final Duration LONGEST_SUSPEND = Duration.ofDays(7);

    private static final Logger log = Logger.getLogger(ProcessWatch.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final StatusBoard board;
    private final ConnectionEvents events;
    private final Clocks clocks;
    private final Disposable.Composite running = Disposables.composite();
    private @Nullable Reading last;
    private @Nullable Reading tick;

    @Inject
    ProcessWatch(StatusBoard board, ConnectionEvents events) {
        this(board, events, new MachineClocks());
    }

    ProcessWatch(StatusBoard board, ConnectionEvents events, Clocks clocks) {
        this.board = board;
        this.events = events;
        this.clocks = clocks;
    }

    void start(@Observes StartupEvent event) {
        Scheduler scheduler = Schedulers.newSingle("gatewatch-process-watch", true);
        running.add(scheduler);
        running.add(Flux.interval(Duration.ZERO, TICK, scheduler)
                .onBackpressureDrop()
                .subscribe(events.failures().guard("process-watch", number -> look()), ProcessWatch::failed));
    }

    @PreDestroy
    void stop() {
        running.dispose();
    }

    /** Looks at the clocks, and tells what it finds; once per second. */
    synchronized void look() {
        Reading before = tick;
        Reading now = Reading.of(clocks);
        tick = now;
        tellStep(now);
        if (before == null) {
            return;
        }
        Duration passed = now.passed(before);
        if (passed.minus(TICK).compareTo(LEAST_PAUSE) >= 0) {
            ConnectionEvent.ProcessPaused paused = new ConnectionEvent.ProcessPaused(0, now.wall, passed);
            LogEvent.PROCESS_PAUSED.log(log, "%s. It counts as downtime.", paused.words());
            tell(shard -> new ConnectionEvent.ProcessPaused(shard, now.wall, passed));
        }
    }

    /** Tells whether the clock was set, at any time: whoever looks between two seconds does not learn whether the process paused. */
    synchronized void lookAtTheClock() {
        tellStep(Reading.of(clocks));
    }

    private void tellStep(Reading now) {
        Reading before = last;
        last = now;
        if (before == null) {
            return;
        }
        Duration step = Duration.between(before.wall, now.wall).minus(now.passed(before));
        if (step.abs().compareTo(LEAST_STEP) >= 0) {
            ConnectionEvent.ClockSet set = new ConnectionEvent.ClockSet(0, now.wall, step);
            LogEvent.CLOCK_SET.log(log, "%s. Durations go on; times noted before that may be wrong.", set.words());
            tell(shard -> new ConnectionEvent.ClockSet(shard, now.wall, step));
        }
    }

    private void tell(Function<Integer, ConnectionEvent> fact) {
        List.copyOf(board.current().shards().keySet()).forEach(shard -> events.publish(fact.apply(shard)));
    }

    private static void failed(Throwable error) {
        LogEvent.DEFECT.log(
                log, error, "The watch over this process failed. This is a defect of Gatewatch, please report it.");
    }

    /** What the clocks showed at one moment. */
    private record Reading(
            Instant wall, Duration running, @Nullable Duration sinceBoot) {

        static Reading of(Clocks clocks) {
            return new Reading(
                    clocks.wall(), clocks.running(), clocks.sinceBoot().orElse(null));
        }

        /** How much time passed since another reading, suspend included. */
        Duration passed(Reading before) {
            Duration ran = running.minus(before.running);
            if (sinceBoot == null || before.sinceBoot == null) {
                Duration further = Duration.between(before.wall, wall).minus(ran);
                boolean suspended = !further.isNegative() && further.compareTo(LONGEST_SUSPEND) <= 0;
                return suspended ? ran.plus(further) : ran;
            }
            Duration whole = sinceBoot.minus(before.sinceBoot);
            return whole.compareTo(ran) > 0 ? whole : ran;
        }
    }
}
