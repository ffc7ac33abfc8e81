package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private final Sampler sampler = new Sampler("one");

    @Test
    void measuresLatencyGuildsAndConnectedTimeOfAMinute() {
        sampler.note(new ConnectionEvent.Started(0, Events.second(0)));
        sampler.note(new ConnectionEvent.Connected(0, Events.second(0), 1));
        sampler.note(new ConnectionEvent.GuildsCounted(0, Events.second(1), 5, 1_250));
        sampler.note(new ConnectionEvent.HeartbeatAcknowledged(0, Events.second(10), Duration.ofMillis(40)));
        sampler.note(new ConnectionEvent.HeartbeatAcknowledged(0, Events.second(20), Duration.ofMillis(60)));
        sampler.note(new ConnectionEvent.Disconnected(0, Events.second(30), Failure.of(Failure.Kind.ZOMBIE, "silent")));
        sampler.note(new ConnectionEvent.Resumed(0, Events.second(45), 1, 0));

        assertThat(sampler.take(Events.second(60)))
                .containsExactly(new Sample(
                        "one",
                        0,
                        Step.MINUTE,
                        Events.second(0),
                        Phase.DISCONNECTED,
                        Duration.ofSeconds(45),
                        Duration.ofMinutes(1),
                        Duration.ofMillis(50),
                        Duration.ofMillis(60),
                        2,
                        5,
                        1_250));
        assertThat(sampler.take(Events.second(120))).singleElement().satisfies(next -> {
            assertThat(next.phase()).isEqualTo(Phase.CONNECTED);
            assertThat(next.up()).isEqualTo(Duration.ofMinutes(1));
            assertThat(next.latency()).isNull();
        });
    }

    @Test
    void keepsWhatASecondTurnOfOneMinuteMeasured() {
        sampler.note(new ConnectionEvent.Started(0, Events.second(0)));
        sampler.note(new ConnectionEvent.Connected(0, Events.second(0), 1));
        sampler.take(Events.second(60));
        sampler.note(new ConnectionEvent.HeartbeatAcknowledged(0, Events.second(70), Duration.ofMillis(40)));

        assertThat(sampler.take(Events.second(80))).isEmpty();
        assertThat(sampler.take(Events.second(120))).singleElement().satisfies(sample -> {
            assertThat(sample.beats()).isOne();
            assertThat(sample.up()).hasSeconds(60);
        });
    }

    @Test
    void leavesOutTheTimeInWhichTheProcessWasFrozen() {
        sampler.note(new ConnectionEvent.Started(0, Events.second(0)));
        sampler.note(new ConnectionEvent.Connected(0, Events.second(0), 1));
        sampler.note(new ConnectionEvent.ProcessPaused(0, Events.second(50), Duration.ofSeconds(30)));

        assertThat(sampler.take(Events.second(60))).singleElement().satisfies(sample -> {
            assertThat(sample.up()).hasSeconds(30);
            assertThat(sample.span()).hasSeconds(30);
        });
    }

    @Test
    void makesNoMinuteLongerThanOneWhenItHearsOfAPauseTooLate() {
        sampler.note(new ConnectionEvent.Started(0, Events.second(0)));
        sampler.note(new ConnectionEvent.Connected(0, Events.second(0), 1));

        assertThat(sampler.take(Events.second(28_800))).singleElement().satisfies(sample -> {
            assertThat(sample.up()).hasSeconds(60);
            assertThat(sample.span()).hasSeconds(60);
        });
    }

    @Test
    void measuresAMinuteInWhichTheClockIsSetByWhatReallyPassed() {
        sampler.note(new ConnectionEvent.Started(0, Events.second(0)));
        sampler.note(new ConnectionEvent.Connected(0, Events.second(0), 1));
        sampler.note(new ConnectionEvent.ClockSet(0, Events.second(86_430), Duration.ofDays(1)));

        assertThat(sampler.take(Events.second(86_460))).singleElement().satisfies(sample -> {
            assertThat(sample.up()).hasSeconds(60);
            assertThat(sample.span()).hasSeconds(60);
        });
    }

    @Test
    void filesASampleThatIsTakenALittleLateOrEarlyUnderItsMinute() {
        sampler.note(new ConnectionEvent.Started(0, Events.second(0)));
        sampler.note(new ConnectionEvent.Connected(0, Events.second(0), 1));

        assertThat(sampler.take(Events.second(60.4)).get(0).at()).isEqualTo(Events.second(0));
        assertThat(sampler.take(Events.second(119.9)).get(0).at()).isEqualTo(Events.second(60));
    }

    @Test
    void measuresNothingOfAShardThatIsNotRunAnyMoreAndBeginsAnewWhenItIsRunAgain() {
        sampler.note(new ConnectionEvent.Started(0, Events.second(0)));
        sampler.note(new ConnectionEvent.Retired(0, Events.second(30)));
        assertThat(sampler.take(Events.second(60))).isEmpty();

        sampler.note(new ConnectionEvent.Started(0, Events.second(6_000)));

        assertThat(sampler.take(Events.second(6_060))).singleElement().satisfies(sample -> assertThat(sample.span())
                .isEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void makesIdsThatSortInOrderEvenWhenTheClockJumpsBack() {
        EventIds ids = new EventIds();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next(Events.second(i % 3 == 0 ? -100 : i / 10.0)));
        }

        assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9A-HJKMNP-TV-Z]{26}"));
    }
}
