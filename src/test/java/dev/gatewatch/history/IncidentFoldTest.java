package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.history.ShardRecord.Standing;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IncidentFoldTest {

    private static final Failure RESET = Failure.of(Failure.Kind.CONNECTION_LOST, "reset by peer");
    private static final Failure REFUSED = Failure.of(Failure.Kind.CONNECT, "refused");

    @Test
    void opensWhenAShardIsLostAndClosesWhenItIsBack() {
        List<Incident> incidents = fold(Events.of("one")
                .started(0)
                .attempt(0, 1, Recovery.IDENTIFY)
                .connected(1)
                .disconnected(100, Failure.closed(4009, ""))
                .attempt(100, 1, Recovery.IDENTIFY)
                .failed(105, 1, REFUSED)
                .attempt(110, 2, Recovery.IDENTIFY)
                .failed(115, 2, REFUSED)
                .attempt(120, 3, Recovery.IDENTIFY)
                .connected(121));

        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.start()).isEqualTo(Events.second(100));
            assertThat(incident.end()).isEqualTo(Events.second(121));
            assertThat(incident.cause()).isEqualTo("CLOSED");
            assertThat(incident.closeCodes()).containsExactly(4009);
            assertThat(incident.failures().counts())
                    .containsExactly(Map.entry("CLOSED:4009", 1), Map.entry("CONNECT", 2));
            assertThat(incident.attempts()).isEqualTo(3);
            assertThat(incident.recovery()).isEqualTo(Recovery.IDENTIFY);
        });
    }

    @Test
    void callsAResumedSessionResumed() {
        assertThat(fold(Events.of("one").connected(0).disconnected(1, RESET).resumed(2)))
                .singleElement()
                .satisfies(incident -> assertThat(incident.recovery()).isEqualTo(Recovery.RESUME));
    }

    @Test
    void endsWhenTheShardIsNotRunAnyMoreAndTheTimeUntilItIsRunAgainIsNoOutage() {
        assertThat(fold(Events.of("one")
                        .started(0)
                        .connected(1)
                        .disconnected(100, RESET)
                        .retired(110)
                        .started(9_000)
                        .connected(9_001)))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.end()).isEqualTo(Events.second(110));
                    assertThat(incident.recovery()).isNull();
                });
    }

    @Test
    void makesNoIncidentOfAFirstStart() {
        assertThat(fold(Events.of("one")
                        .started(0)
                        .attempt(0, 1, Recovery.IDENTIFY)
                        .connected(30)))
                .isEmpty();
    }

    @Test
    void makesAnIncidentOfAFirstStartThatFails() {
        assertThat(fold(Events.of("one").started(0).failed(10, 1, REFUSED).connected(30)))
                .singleElement()
                .satisfies(incident -> assertThat(incident.start()).isEqualTo(Events.second(10)));
    }

    @Test
    void makesAnIncidentOfAMissingTokenOnce() {
        Failure missing = Failure.of(Failure.Kind.CONFIGURATION, "no token");

        assertThat(fold(Events.of("one")
                        .started(0)
                        .stopped(0, missing)
                        .started(60)
                        .stopped(60, missing)))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.isOpen()).isTrue();
                    assertThat(incident.failures().counts()).containsExactly(Map.entry("CONFIGURATION", 1));
                });
    }

    @Test
    void goesOnThroughAShutdownUntilItIsBack() {
        Failure shutdown = Failure.of(Failure.Kind.SHUTDOWN, "bye");

        assertThat(fold(Events.of("one")
                        .connected(0)
                        .disconnected(10, shutdown)
                        .stopped(10, shutdown)
                        .started(25)
                        .connected(27)))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.cause()).isEqualTo("SHUTDOWN");
                    assertThat(incident.end()).isEqualTo(Events.second(27));
                });
    }

    @Test
    void takesAStartWithoutAStopForAProcessThatDied() {
        assertThat(fold(Events.of("one").started(0).connected(5).started(100).connected(103)))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.cause()).isEqualTo(Incident.PROCESS_DOWN);
                    assertThat(incident.start()).isEqualTo(Events.second(5));
                    assertThat(incident.end()).isEqualTo(Events.second(103));
                });
    }

    @Test
    void doesNotInventASecondIncidentWhenKilledDuringAnOutage() {
        assertThat(fold(Events.of("one")
                        .connected(0)
                        .disconnected(10, RESET)
                        .started(100)
                        .connected(103)))
                .singleElement()
                .satisfies(incident -> assertThat(incident.cause()).isEqualTo("CONNECTION_LOST"));
    }

    @Test
    void countsATimeInWhichTheProcessWasFrozenAsTheProcessBeingDown() {
        assertThat(fold(Events.of("one")
                        .connected(0)
                        .paused(100, 40)
                        .disconnected(500, RESET)
                        .resumed(501)))
                .satisfiesExactly(
                        pause -> {
                            assertThat(pause.cause()).isEqualTo(Incident.PROCESS_DOWN);
                            assertThat(pause.start()).isEqualTo(Events.second(60));
                            assertThat(pause.end()).isEqualTo(Events.second(100));
                            assertThat(pause.message())
                                    .contains("did not run from 2026-03-01T12:01:00Z to 2026-03-01T12:01:40Z");
                            assertThat(Judge.judge(pause, Judge.Others.NONE).blame())
                                    .isEqualTo(Verdict.Blame.US);
                        },
                        loss -> assertThat(loss.cause()).isEqualTo("CONNECTION_LOST"));
    }

    @Test
    void takesALossSoonAfterAPauseForItsConsequence() {
        assertThat(fold(Events.of("one")
                        .connected(0)
                        .paused(250, 150)
                        .disconnected(254, RESET)
                        .attempt(254, 1, Recovery.RESUME)
                        .resumed(255)))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.cause()).isEqualTo(Incident.PROCESS_DOWN);
                    assertThat(incident.start()).isEqualTo(Events.second(100));
                    assertThat(incident.end()).isEqualTo(Events.second(255));
                    assertThat(incident.failures().counts()).containsOnlyKeys("PROCESS_DOWN", "CONNECTION_LOST");
                    assertThat(Judge.judge(incident, Judge.Others.NONE).blame()).isEqualTo(Verdict.Blame.US);
                });
    }

    @Test
    void beginsALossWithThePauseThatIsFoundAfterIt() {
        Events open = Events.of("one").connected(0).disconnected(250, RESET).paused(250.5, 150);
        Events over = Events.of("one")
                .connected(0)
                .disconnected(250, RESET)
                .resumed(250.2)
                .paused(250.5, 150);

        assertThat(fold(open)).singleElement().satisfies(incident -> {
            assertThat(incident.cause()).isEqualTo(Incident.PROCESS_DOWN);
            assertThat(incident.start()).isEqualTo(Events.second(100.5));
            assertThat(incident.isOpen()).isTrue();
        });
        assertThat(fold(over)).singleElement().satisfies(incident -> {
            assertThat(incident.start()).isEqualTo(Events.second(100.5));
            assertThat(incident.end()).isEqualTo(Events.second(250.2));
        });
    }

    @Test
    void takesNoIncidentOfTheFutureForTheEndOfAPause() {
        double years = 14 * 365 * 86_400.0;
        Events events = Events.of("one")
                .connected(years) // by a clock that read ahead, and was corrected while nothing ran
                .disconnected(years + 10, RESET)
                .resumed(years + 20)
                .paused(500, 100);

        assertThat(fold(events)).allSatisfy(incident -> assertThat(incident.duration(Events.second(500)))
                .isLessThanOrEqualTo(Duration.ofSeconds(100)));
    }

    @Test
    void goesOnThroughAPauseInAnOutage() {
        assertThat(fold(Events.of("one")
                        .connected(0)
                        .disconnected(10, RESET)
                        .paused(100, 50)
                        .resumed(101)))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.cause()).isEqualTo("CONNECTION_LOST");
                    assertThat(incident.start()).isEqualTo(Events.second(10));
                });
    }

    @Test
    void movesWhatIsOpenWithAClockThatIsSet() {
        double years = 26 * 365 * 86_400.0;

        assertThat(fold(Events.of("one").started(0).failed(5, 1, REFUSED).clockSet(years + 20, years)))
                .singleElement()
                .satisfies(incident -> assertThat(incident.start()).isEqualTo(Events.second(years + 5)));
        assertThat(fold(Events.of("one")
                        .connected(40_000)
                        .disconnected(40_010, RESET)
                        .clockSet(20, -40_000)
                        .resumed(30)))
                .singleElement()
                .satisfies(incident ->
                        assertThat(incident.duration(Events.second(0))).hasSeconds(20));
    }

    @Test
    void survivesAnyOrderOfEvents() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Events events = Events.of("one");
        for (int i = 0; i < 5_000; i++) {
            switch (random.nextInt(7)) {
                case 0 -> events.started(i);
                case 1 -> events.connected(i);
                case 2 -> events.resumed(i);
                case 3 -> events.disconnected(i, RESET);
                case 4 -> events.failed(i, 1, REFUSED);
                case 5 -> events.stopped(i, RESET);
                default -> events.attempt(i, 1, Recovery.RESUME);
            }
        }

        List<Incident> incidents = fold(events);

        for (int i = 1; i < incidents.size(); i++) {
            assertThat(incidents.get(i - 1).end())
                    .as("seed " + seed)
                    .isBeforeOrEqualTo(incidents.get(i).start());
        }
    }

    @Test
    void readsFailureCountsBackFromTheirText() {
        FailureCounts counts =
                FailureCounts.NONE.plus("CLOSED", 4000).plus("TLS", null).plus("CLOSED", 4000);

        assertThat(counts.text()).isEqualTo("CLOSED:4000=2,TLS=1");
        assertThat(FailureCounts.parse(counts.text())).isEqualTo(counts);
        assertThat(FailureCounts.parse("")).isEqualTo(FailureCounts.NONE);
    }

    private static Incident latest(Map<String, Incident> incidents) {
        return incidents.values().stream()
                .max(Comparator.comparing(Incident::start))
                .orElse(null);
    }

    private static List<Incident> fold(Events events) {
        Map<String, Incident> incidents = new LinkedHashMap<>();
        ShardRecord record = null;
        for (StoredEvent event : events.list()) {
            IncidentFold.Outcome outcome =
                    IncidentFold.fold(record == null ? ShardRecord.unknown(event) : record, event, latest(incidents));
            record = outcome.after();
            assertThat(record.open() == null || record.standing() == Standing.DOWN)
                    .isTrue();
            outcome.incident().ifPresent(incident -> incidents.put(incident.id(), incident));
        }
        return List.copyOf(incidents.values());
    }
}
