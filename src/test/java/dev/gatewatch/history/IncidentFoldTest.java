package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.history.ShardRecord.Standing;
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

    private static List<Incident> fold(Events events) {
        Map<String, Incident> incidents = new LinkedHashMap<>();
        ShardRecord record = null;
        for (StoredEvent event : events.list()) {
            IncidentFold.Outcome outcome =
                    IncidentFold.fold(record == null ? ShardRecord.unknown(event) : record, event);
            record = outcome.after();
            assertThat(record.open() == null || record.standing() == Standing.DOWN)
                    .isTrue();
            outcome.incident().ifPresent(incident -> incidents.put(incident.id(), incident));
        }
        return List.copyOf(incidents.values());
    }
}
