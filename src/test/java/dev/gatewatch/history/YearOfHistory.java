package dev.gatewatch.history;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.Plan;
import dev.gatewatch.connection.Recovery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up a year of one shard: a reconnect every two hours, as Discord asks for, an outage a week, a sample a minute. */
final class YearOfHistory {

    private static final Duration RECONNECT_EVERY = Duration.ofHours(2);
    private static final int RECONNECTS_PER_WEEK = 84;

    private final Instant begin;
    private final int days;
    private final EventTranslator translator;
    private final Random random = new Random(4);
    private List<StoredEvent> told = new ArrayList<>();

    YearOfHistory(String instance, Instant begin, int days) {
        this.begin = begin;
        this.days = days;
        translator = new EventTranslator(instance, new EventIds());
    }

    /** Fills a store day by day, as the service would. */
    void fill(HistoryStore store, Runnable everyWeek) {
        int reconnects = 0;
        for (int day = 0; day < days; day++) {
            Instant midnight = begin.plus(Duration.ofDays(day));
            for (Duration at = Duration.ZERO; at.toDays() < 1; at = at.plus(RECONNECT_EVERY)) {
                boolean outage = ++reconnects % RECONNECTS_PER_WEEK == 0;
                reconnect(midnight.plus(at).plusSeconds(random.nextInt(3_600)), outage ? 20 : 1);
            }
            store.write(told);
            told = new ArrayList<>();
            store.write(samples(midnight));
            if (day % 7 == 6) {
                everyWeek.run();
            }
        }
    }

    private void reconnect(Instant at, int attempts) {
        Failure failure = attempts > 1
                ? Failure.of(Failure.Kind.CONNECT, "TCP could not be connected: gateway.discord.gg/162.159.135.234:443")
                : Failure.of(Failure.Kind.RECONNECT_REQUESTED, "Discord asked for a reconnect (op 7)");
        tell(new ConnectionEvent.Disconnected(0, at, failure));
        for (int i = 1; i <= attempts; i++) {
            Instant then = at.plusSeconds(15L * (i - 1));
            Plan plan = new Plan(Recovery.RESUME, Endpoint.RESUME_URL, Duration.ofSeconds(5), failure.message());
            tell(new ConnectionEvent.PlanMade(0, then, i, plan));
            tell(new ConnectionEvent.AttemptStarted(0, then.plusSeconds(5), i, Recovery.RESUME, Endpoint.RESUME_URL));
            if (i < attempts) {
                tell(new ConnectionEvent.AttemptFailed(0, then.plusSeconds(9), i, failure));
                tell(new ConnectionEvent.ErrorOccurred(0, then.plusSeconds(9), "CONNECT", failure.message()));
            } else {
                tell(new ConnectionEvent.HelloReceived(0, then.plusSeconds(6), Duration.ofMillis(41_250)));
                tell(new ConnectionEvent.Resumed(0, then.plusSeconds(6), i, 12));
            }
        }
    }

    private void tell(ConnectionEvent event) {
        event.accept(translator).ifPresent(told::add);
    }

    private List<Sample> samples(Instant midnight) {
        List<Sample> samples = new ArrayList<>();
        for (int minute = 0; minute < 1_440; minute++) {
            Duration latency = Duration.ofMillis(35 + random.nextInt(40));
            samples.add(new Sample(
                    "one",
                    0,
                    Step.MINUTE,
                    midnight.plus(Duration.ofMinutes(minute)),
                    Phase.CONNECTED,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    latency,
                    latency.plusMillis(3),
                    1 + minute % 2,
                    120,
                    48_000 + random.nextInt(500)));
        }
        return samples;
    }
}
