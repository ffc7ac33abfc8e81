package dev.gatewatch.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.OperatorAction;
import dev.gatewatch.connection.Plan;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.gateway.ConnectionEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said in the log, and what is not said again. */
class EventLogTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Failure REFUSED = Failure.of(Failure.Kind.CONNECT, "TCP could not be connected");

    private final Logger logger = Logger.getLogger("dev.gatewatch.connection");
    private final Lines lines = new Lines();
    private final ConnectionEvents events = new ConnectionEvents();
    private final EventLog log = new EventLog(events);

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
    }

    @AfterEach
    void leave() throws Exception {
        logger.removeHandler(lines);
        log.close();
    }

    @Test
    void saysNothingThatAForeignTextCouldForge() throws Exception {
        String forged = "\n2026-11-24T12:00:00Z INFO all is well\u001b[2J\u009b31m\u2028\u202e\r";

        events.publish(new ConnectionEvent.Started(0, NOW));
        events.publish(new ConnectionEvent.Connected(0, NOW, 1));
        events.publish(new ConnectionEvent.Disconnected(0, NOW, Failure.closed(4000, forged)));
        events.publish(new ConnectionEvent.AttemptFailed(0, NOW, 1, Failure.http(502, forged, null)));
        events.publish(new ConnectionEvent.ErrorOccurred(0, NOW, "SKIPPED_PAYLOAD", forged));
        events.publish(new ConnectionEvent.OperatorActed(0, NOW, OperatorAction.STOP, forged, forged));
        events.publish(new ConnectionEvent.Stopped(0, NOW, Failure.closed(4004, forged), "repair it"));

        end();
        assertThat(lines.texts())
                .hasSizeGreaterThan(5)
                .anySatisfy(text -> assertThat(text).contains("all is well"))
                .noneMatch(text -> text.matches("(?s).*[\\p{Cc}\\u2028\\u202e].*"));
    }

    @Test
    void saysOneLineForEachEdge() throws Exception {
        events.publish(new ConnectionEvent.Started(0, NOW));
        attempt(NOW, 1, Recovery.IDENTIFY);
        events.publish(new ConnectionEvent.HelloReceived(0, NOW, Duration.ofSeconds(41)));
        events.publish(new ConnectionEvent.Identified(0, NOW));
        events.publish(new ConnectionEvent.Connected(0, NOW, 1));
        events.publish(new ConnectionEvent.HeartbeatAcknowledged(0, NOW, Duration.ofMillis(40)));
        events.publish(new ConnectionEvent.GuildsCounted(0, NOW, 5, 1_250));
        events.publish(new ConnectionEvent.Disconnected(0, NOW, Failure.closed(4000, "")));
        plan(NOW, 1, Recovery.RESUME, Duration.ZERO);
        attempt(NOW, 1, Recovery.RESUME);
        events.publish(new ConnectionEvent.Resumed(0, NOW, 1, 7));

        end();
        assertThat(lines.events())
                .containsExactly(
                        "shard_started", "identify_sent", "connected", "disconnected", "recovery_planned", "resumed");
        assertThat(lines.texts())
                .contains(
                        "shard 0 disconnected: Closed with 4000 (Unknown error)",
                        "shard 0 resumed, 7 events replayed (attempt 1)");
    }

    @Test
    void everyLineAboutAnAttemptCarriesItsIdUntilTheNextOneBegins() throws Exception {
        ConnectionEvent.AttemptStarted first = attempt(NOW, 1, Recovery.IDENTIFY);
        events.publish(new ConnectionEvent.Identified(0, NOW));
        events.publish(new ConnectionEvent.AttemptFailed(0, NOW, 1, REFUSED));
        plan(NOW, 2, Recovery.IDENTIFY, Duration.ofSeconds(5));
        ConnectionEvent.AttemptStarted second = attempt(NOW.plusSeconds(5), 2, Recovery.IDENTIFY);
        events.publish(new ConnectionEvent.Connected(0, NOW.plusSeconds(6), 2));
        events.publish(new ConnectionEvent.Started(1, NOW));

        end();
        assertThat(first.id()).isEqualTo("0-mwun79c0").isNotEqualTo(second.id());
        assertThat(lines.fields("attempt_id")).containsExactly(first.id(), first.id(), first.id(), second.id(), "null");
        assertThat(lines.fields("shard")).containsExactly("0", "0", "0", "0", "1");
        assertThat(lines.fields("cause")).containsExactly("null", "connect", "null", "null", "null");
    }

    @Test
    void foldsAnOutageIntoItsFirstLinesAndTellsHowManyWereLeftOut() throws Exception {
        events.publish(new ConnectionEvent.Disconnected(0, NOW, Failure.closed(1001, "")));
        plan(NOW, 1, Recovery.RESUME, Duration.ZERO);
        Instant at = NOW;
        for (int number = 1; number <= 40; number++) {
            at = at.plusSeconds(30);
            attempt(at, number, Recovery.IDENTIFY);
            Failure failure = number % 2 == 0 ? REFUSED : Failure.http(503, "away", null);
            events.publish(new ConnectionEvent.AttemptFailed(0, at, number, failure));
            if (number % 10 == 0) {
                events.publish(new ConnectionEvent.Exhausted(0, at, number));
            }
            plan(at, number + 1, Recovery.IDENTIFY, Duration.ofSeconds(30));
        }
        events.publish(new ConnectionEvent.Connected(0, NOW.plusSeconds(1_230), 41));

        end();
        assertThat(lines.events())
                .containsExactly(
                        "disconnected",
                        "recovery_planned",
                        "attempt_failed",
                        "recovery_planned",
                        "attempt_failed",
                        "recovery_planned",
                        "attempts_exhausted",
                        "repeats_folded",
                        "connected");
        assertThat(lines.texts()).contains("shard 0 41 repeated lines left out since 2026-11-24T12:00:30Z (1200 s)");
    }

    @Test
    void beginsAnewWithTheNextOutage() throws Exception {
        for (int outage = 0; outage < 2; outage++) {
            events.publish(new ConnectionEvent.Disconnected(0, NOW, Failure.closed(4000, "")));
            events.publish(new ConnectionEvent.AttemptFailed(0, NOW, 1, REFUSED));
            plan(NOW, 2, Recovery.IDENTIFY, Duration.ofSeconds(5));
            events.publish(new ConnectionEvent.Connected(0, NOW, 2));
        }

        end();
        assertThat(lines.events())
                .containsExactly(
                        "disconnected",
                        "attempt_failed",
                        "recovery_planned",
                        "connected",
                        "disconnected",
                        "attempt_failed",
                        "recovery_planned",
                        "connected");
    }

    @Test
    void saysAtErrorWhatOnlyAPersonCanRepairAndAtInfoWhatWasAskedFor() throws Exception {
        events.publish(new ConnectionEvent.Stopped(0, NOW, Failure.closed(4004, ""), "Reset it."));
        events.publish(
                new ConnectionEvent.Stopped(1, NOW, Failure.of(Failure.Kind.SHUTDOWN, "Shutting down"), "Nothing."));

        end();
        assertThat(lines.levels()).containsExactly("ERROR", "INFO");
        assertThat(lines.fields("code")).containsExactly("4004", "null");
    }

    @Test
    void saysOnceWhatCouldNotBeUnderstoodAndAlwaysWhatIsADefect() throws Exception {
        for (int i = 0; i < 3; i++) {
            events.publish(new ConnectionEvent.ErrorOccurred(0, NOW, "SKIPPED_PAYLOAD", "Skipped a NEW_EVENT"));
        }
        events.publish(new ConnectionEvent.ErrorOccurred(0, NOW, "INTERNAL", "Unexpected"));
        events.publish(new ConnectionEvent.ErrorOccurred(0, NOW, "CLOSED", "has a line of its own"));
        events.publish(new ConnectionEvent.DisagreementFound(0, NOW, "silent"));
        events.publish(new ConnectionEvent.DisagreementFound(0, NOW, "still silent"));
        events.publish(new ConnectionEvent.Disconnected(0, NOW, Failure.closed(4000, "")));

        end();
        assertThat(lines.events())
                .containsExactly("payload_skipped", "defect", "socket_disagrees", "repeats_folded", "disconnected");
    }

    /** All has been said. */
    private void end() throws Exception {
        log.close();
    }

    private ConnectionEvent.AttemptStarted attempt(Instant at, int number, Recovery recovery) {
        ConnectionEvent.AttemptStarted started =
                new ConnectionEvent.AttemptStarted(0, at, number, recovery, Endpoint.GATEWAY_URL);
        events.publish(started);
        return started;
    }

    private void plan(Instant at, int attempt, Recovery recovery, Duration delay) {
        events.publish(new ConnectionEvent.PlanMade(
                0, at, attempt, new Plan(recovery, Endpoint.GATEWAY_URL, delay, "because")));
    }

    /** The lines at INFO and above. */
    private static final class Lines extends Handler {

        private record Line(String level, String text, Map<String, String> mdc) {}

        private final List<Line> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= java.util.logging.Level.INFO.intValue()) {
                ExtLogRecord full = ExtLogRecord.wrap(record);
                lines.add(new Line(full.getLevel().getName(), full.getMessage(), full.getMdcCopy()));
            }
        }

        List<String> events() {
            return fields("event");
        }

        List<String> texts() {
            return lines.stream().map(Line::text).toList();
        }

        List<String> levels() {
            return lines.stream().map(Line::level).toList();
        }

        List<String> fields(String name) {
            return lines.stream()
                    .map(line -> String.valueOf(line.mdc().get(name)))
                    .toList();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
