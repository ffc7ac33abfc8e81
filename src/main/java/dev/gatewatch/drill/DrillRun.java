package dev.gatewatch.drill;

import dev.gatewatch.simulator.Faults.Injected;
import dev.gatewatch.simulator.Journal.Entry;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One fault, struck once and watched until the client is connected again, or its time is up. Used by one thread, once. */
final class DrillRun {

    private static final Duration GLANCE = Duration.ofMillis(10);
    private static final Duration EVENT_PERIOD = Duration.ofMillis(100);
    private static final Duration TO_BE_READY = Duration.ofSeconds(90);
    private static final Duration TO_CONFIRM = Duration.ofSeconds(5);

    private final DrillRow row;
    private final Lane lane;
    private final Simulator simulator;
    private final Random random;
    private final int number;

    DrillRun(DrillRow row, Lane lane, Random random, int number) {
        this.row = row;
        this.lane = lane;
        this.random = random;
        this.number = number;
        simulator = lane.simulator();
    }

    /**
     * Strikes a client that is settled.
     *
     * @throws IllegalStateException when the client is not connected to begin with
     */
    RunResult carryOut() throws InterruptedException {
        Lane.Connected victim = lane.settled(TO_BE_READY)
                .orElseThrow(() -> new IllegalStateException("the bot is not connected: " + row.name() + " not begun"));
        if (row.expected() != Answer.KEEP) {
            lane.spaceIdentifies();
        }
        EventCount events = new EventCount(simulator);
        events.emit(5);
        boolean confirmed = lane.confirmed(TO_CONFIRM);
        events.confirmed(confirmed);
        Thread.sleep(random.nextInt(
                100, row.lasts().isZero() ? 200 : 1_000)); // else it would strike in step with heartbeats
        int spent = lane.identifiesSpent();
        int broken = simulator.violations().size();

        Strike strike = strike(victim.connection());
        Outcome outcome = watch(strike, events);
        events.emit(5);
        simulator.faults().healAll();
        if (outcome.good() && outcome != Outcome.STOPPED && !lane.confirmed(TO_CONFIRM.plus(row.patience()))) {
            outcome = Outcome.LOST;
        }
        RunResult result = result(strike, outcome, lane.identifiesSpent() - spent, events, broken);
        afterwards(outcome);
        return result;
    }

    private Strike strike(long victim) throws InterruptedException {
        Strike strike = new Strike(simulator.journal().last(), new Observation(victim));
        Injected injected = simulator.faults().inject(row.fault(), row.parameters());
        strike.fault = injected.id();
        if (!row.provoked().isEmpty()) {
            simulator.faults().inject(row.provoked());
        }
        return strike;
    }

    /** Watches until there is an outcome: heals the fault when its time is up and sends events meanwhile. */
    private Outcome watch(Strike strike, EventCount events) throws InterruptedException {
        events.emit(2);
        long nextEvent = System.nanoTime() + EVENT_PERIOD.toNanos();
        while (true) {
            strike.read(simulator, GLANCE);
            long now = System.nanoTime();
            if (!row.silent() && now >= nextEvent) {
                events.emit(1);
                nextEvent = now + EVENT_PERIOD.toNanos();
            }
            heal(strike, now);
            Outcome outcome = outcome(strike, now);
            if (outcome != null) {
                return outcome;
            }
        }
    }

    private void heal(Strike strike, long now) {
        boolean due = now - strike.at() >= row.lasts().toNanos();
        boolean back = row.untilRecovered() && strike.seen.back() != null;
        if (strike.healed == 0 && !row.lasts().isZero() && (due || back)) {
            strike.healed = now;
            simulator.faults().heal(strike.fault);
        } else if (strike.healed == 0 && row.lasts().isZero()) {
            Duration own = row.ownDuration();
            strike.healed = now - strike.at() >= own.toNanos() ? strike.at() + own.toNanos() : 0;
        }
    }

    private @Nullable Outcome outcome(Strike strike, long now) throws InterruptedException {
        if (strike.healed == 0) {
            return null;
        }
        if (row.expected() == Answer.STOP) {
            return strike.seen.victimEnded() && strike.seen.connects() == 0 ? Outcome.STOPPED : Outcome.RETURNED;
        }
        Entry back = strike.seen.back();
        long settle = lane.settle().toNanos();
        if (back != null && now - Math.max(back.nanos(), row.untilRecovered() ? 0 : strike.healed) >= settle) {
            return back.event().equals("resumed") ? Outcome.RESUMED : Outcome.IDENTIFIED;
        }
        boolean overdue = now - strike.healed >= row.patience().toNanos();
        boolean mayBeKept = row.expected() == Answer.KEEP ? now - strike.healed >= settle : overdue;
        if (mayBeKept && !strike.seen.victimEnded()) {
            return Outcome.KEPT; // if it confirms that it hears us
        }
        return overdue ? Outcome.LOST : null;
    }

    private RunResult result(Strike strike, Outcome outcome, int identifies, EventCount events, int broken)
            throws InterruptedException {
        strike.read(simulator, Duration.ZERO);
        Entry back = outcome == Outcome.RESUMED || outcome == Outcome.IDENTIFIED ? strike.seen.back() : null;
        Entry ended = strike.seen.faultEnded(strike.fault);
        boolean untilRecovered = row.untilRecovered() && outcome != Outcome.LOST;
        List<String> violations = simulator.violations().stream()
                .skip(broken)
                .map(DrillRun::words)
                .toList();
        return new RunResult(
                row.name(),
                number,
                strike.seen.faultStarted(strike.fault).at(),
                outcome,
                outcome == Outcome.KEPT ? null : strike.millis(strike.seen.left()),
                strike.millis(back),
                untilRecovered ? null : strike.millis(ended),
                identifies,
                events.lost(),
                events.duplicated(),
                violations);
    }

    /** A bot that stopped is started again, so that the next drill finds it. */
    private void afterwards(Outcome outcome) throws InterruptedException {
        if (outcome == Outcome.STOPPED || outcome == Outcome.LOST) {
            lane.spaceIdentifies();
            lane.bot().restart();
        }
    }

    private static String words(Violation violation) {
        return violation.rule() + ": " + violation.detail();
    }

    private static final class Strike {

        private final Observation seen;
        private long read;
        private long fault;
        private long healed;

        Strike(long journalAt, Observation seen) {
            this.read = journalAt;
            this.seen = seen;
        }

        void read(Simulator simulator, Duration most) throws InterruptedException {
            for (Entry entry : simulator.journal().await(read, most)) {
                seen.see(entry);
                read = entry.id();
            }
        }

        long at() {
            return seen.faultStarted(fault).nanos();
        }

        @Nullable
        Double millis(@Nullable Entry entry) {
            return entry == null ? null : Math.round((entry.nanos() - at()) / 1e5) / 10.0;
        }
    }
}
