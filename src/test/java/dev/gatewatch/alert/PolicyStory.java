package dev.gatewatch.alert;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.IdentifyBudget;
import dev.gatewatch.history.MaintenanceWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A story told to the policy second by second, and what the policy said. */
final class PolicyStory {

    static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    final List<Notice> notices = new ArrayList<>();
    private final List<MaintenanceWindow> windows = new ArrayList<>();
    private final AlertSettings settings;
    private AlertState state = AlertState.EMPTY;
    private long second;

    PolicyStory() {
        this(new AlertSettings(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofHours(1), 5, Duration.ofMinutes(10)));
    }

    PolicyStory(AlertSettings settings) {
        this.settings = settings;
    }

    PolicyStory up(int... shards) {
        for (int shard : shards) {
            tell(new ConnectionEvent.Resumed(shard, now(), 1, 0));
        }
        return this;
    }

    PolicyStory down(int... shards) {
        for (int shard : shards) {
            tell(new ConnectionEvent.Disconnected(shard, now(), Failure.closed(4000, "")));
        }
        return this;
    }

    PolicyStory tell(ConnectionEvent event) {
        state = StandingFold.fold(state, event, 50);
        return this;
    }

    PolicyStory exhausted(int shard) {
        return tell(new ConnectionEvent.Exhausted(shard, now(), 10));
    }

    PolicyStory stopped(int shard, Failure.Kind kind) {
        return tell(new ConnectionEvent.Stopped(shard, now(), Failure.of(kind, "because"), "do this"));
    }

    PolicyStory retired(int shard) {
        return tell(new ConnectionEvent.Retired(shard, now()));
    }

    PolicyStory budget(int remaining, int lastHour, Duration untilReset) {
        return tell(new ConnectionEvent.BudgetCounted(
                0,
                now(),
                new IdentifyBudget(
                        1_000, remaining, now().plus(untilReset), 50, Collections.nCopies(lastHour, now()))));
    }

    PolicyStory maintenance(long from, long to) {
        windows.add(new MaintenanceWindow("m", "default", at(from), at(to), "upgrade"));
        return this;
    }

    /** Lets seconds pass, asking the policy in each. */
    PolicyStory pass(long seconds) {
        for (long i = 0; i < seconds; i++) {
            second++;
            Decision decision = new AlertPolicy(settings).decide(state, new Quiet(windows), now());
            state = decision.state();
            notices.addAll(decision.notices());
        }
        return this;
    }

    /** The process ends; the next one knows only what was told. */
    PolicyStory restart() {
        state = AlertState.EMPTY.adopt(state.open().values());
        return this;
    }

    /** What was said: {@code 30 opened gateway_down error}. */
    List<String> said() {
        return notices.stream()
                .map(notice -> Duration.between(START, notice.at()).toSeconds() + " "
                        + notice.occasion().word() + " "
                        + notice.alert().rule().word() + " "
                        + notice.alert().severity().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    boolean isQuiet(Instant when) {
        return new Quiet(windows).at(when);
    }

    AlertState state() {
        return state;
    }

    Instant now() {
        return at(second);
    }

    static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
