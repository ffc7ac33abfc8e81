package dev.gatewatch.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.SetClock;
import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.MonitorLooked;
import dev.gatewatch.gateway.ConnectionEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionMonitorTest {

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private final ConnectionEvents events = new ConnectionEvents();
    private final StatusBoard board = new StatusBoard(events);
    private final List<MonitorLooked> looks = new ArrayList<>();
    private final ConnectionMonitor monitor =
            new ConnectionMonitor(board, events, new Defaults(), looks::add, () -> {});
    private final List<ConnectionEvent> seen = new ArrayList<>();

    @BeforeEach
    void connect() {
        events.stream().subscribe(seen::add);
        events.publish(new ConnectionEvent.Started(0, START));
        events.publish(new ConnectionEvent.HelloReceived(0, START, Duration.ofMillis(41_250)));
        events.publish(new ConnectionEvent.Connected(0, START, 1));
        events.publish(new ConnectionEvent.GuildsCounted(0, START, 5, 1_250));
        events.publish(
                new ConnectionEvent.HeartbeatAcknowledged(0, START.plusSeconds(60), Duration.ofNanos(45_200_000)));
    }

    @Test
    void saysEverythingInOneLine() {
        String line = ConnectionMonitor.line(board.current(), Duration.ofHours(1), START.plusSeconds(3_600));

        assertThat(line)
                .isEqualTo(
                        "monitor status=connected uptime=3600s latency=45.2ms guilds=5 users=1250 attempts=0 errors=0");
    }

    @Test
    void raisesAFactWhenASocketThatIsSaidToBeConnectedNoLongerAnswers() {
        monitor.look(START.plusSeconds(60).plusSeconds(124));

        assertThat(seen).last().isInstanceOfSatisfying(ConnectionEvent.DisagreementFound.class, found -> assertThat(
                        found.message())
                .contains("no heartbeat was acknowledged for 124 s"));
        assertThat(looks).singleElement().satisfies(look -> assertThat(look.doubted())
                .containsExactly(0));
    }

    @Test
    void looksAgainInTimeAfterTheClockIsSetBackByADay() {
        SetClock time = new SetClock();
        monitor.start(time);
        time.pass(new Defaults().monitorInterval());
        assertThat(looks).hasSize(1);

        time.set(Duration.ofDays(-1));
        time.pass(new Defaults().monitorInterval());

        assertThat(looks).hasSize(2);
    }

    @Test
    void looksAgainWhenAListenerHasFailed() {
        SetClock time = new SetClock();
        List<MonitorLooked> told = new ArrayList<>();
        ConnectionMonitor failing = new ConnectionMonitor(
                board,
                events,
                new Defaults(),
                look -> {
                    told.add(look);
                    throw new IllegalStateException("a listener's");
                },
                () -> {});
        failing.start(time);

        time.pass(new Defaults().monitorInterval().multipliedBy(3));

        assertThat(told).hasSize(3);
    }

    @Test
    void isContentWhileHeartbeatsAreAcknowledged() {
        monitor.look(START.plusSeconds(60).plusSeconds(123));

        assertThat(seen).noneMatch(ConnectionEvent.DisagreementFound.class::isInstance);
        assertThat(looks)
                .containsExactly(new MonitorLooked(START.plusSeconds(60).plusSeconds(123), Set.of()));
    }

    private static final class Defaults implements StatusConfig {

        @Override
        public Duration monitorInterval() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Duration recentErrorsWindow() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration readinessGrace() {
            return Duration.ofSeconds(10);
        }

        @Override
        public LogFormat logFormat() {
            return LogFormat.TEXT;
        }
    }
}
