package dev.gatewatch.terminal;

import dev.gatewatch.terminal.Update.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the monitor knows, and since when. Immutable; {@link #with} is total.
 *
 * @param reading the last one, which may be old; null before the first
 * @param readAt when it came, by this machine's clock
 * @param signAt the last sign of life of the server
 * @param trouble why the last attempt gave nothing; null when it gave something
 * @param failures attempts in a row that gave nothing
 * @param outages how often the server was lost after it had been there, or was not there at the start
 * @param latencies told since the start, oldest first
 * @param past null when the server keeps no history
 */
record MonitorState(
        @Nullable Reading reading,
        @Nullable String database,
        @Nullable Instant readAt,
        @Nullable Instant signAt,
        @Nullable Trouble trouble,
        @Nullable Instant nextTry,
        int failures,
        int outages,
        Way way,
        List<Double> latencies,
        @Nullable Past past,
        @Nullable Trouble pastTrouble) {

    static final MonitorState START =
            new MonitorState(null, null, null, null, null, null, 0, 0, Way.STARTING, List.of(), Past.NONE, null);

    private static final int MOST_LATENCIES = 500;

    MonitorState with(Update update) {
        return update.accept(new Reducer());
    }

    /** Whether what is known may be shown as the present. */
    boolean isCurrent(Instant now, Duration patience) {
        return reading != null && trouble == null && signAt != null && age(now).compareTo(patience) <= 0;
    }

    /** How long ago the last sign of life was; zero when there was none. */
    Duration age(Instant now) {
        return signAt == null || signAt.isAfter(now) ? Duration.ZERO : Duration.between(signAt, now);
    }

    /** The judgement of now: what is stale is unknown. */
    Judgement judge(Instant now, Duration patience) {
        if (reading != null && isCurrent(now, patience)) {
            return Judgement.of(reading, database);
        }
        if (trouble != null) {
            return Judgement.unknown(trouble);
        }
        String why = reading == null ? "nothing was told yet" : "nothing was told for " + Words.age(age(now));
        return new Judgement(Judgement.State.UNKNOWN, why);
    }

    /** The server's clock at this moment; ours when it did not tell its own. */
    Instant serverTime(Instant now) {
        return reading == null || reading.time() == null || readAt == null
                ? now
                : now.plus(Duration.between(readAt, reading.time()));
    }

    private MonitorState read(Reading next, @Nullable String nextDatabase, Instant at, Way nextWay) {
        return new MonitorState(
                next, nextDatabase, at, at, null, null, 0, outages, nextWay, measured(next), past, pastTrouble);
    }

    /** A status is told for many reasons: only another latency is a measurement. */
    private List<Double> measured(Reading next) {
        Double latency = next.latency();
        if (!next.isConnected() || latency == null || latency.equals(reading == null ? null : reading.latency())) {
            return latencies;
        }
        List<Double> more = new ArrayList<>(latencies);
        more.add(latency);
        return List.copyOf(more.subList(Math.max(0, more.size() - MOST_LATENCIES), more.size()));
    }

    private MonitorState alive(Instant at) {
        return new MonitorState(
                reading, database, readAt, at, null, null, 0, outages, Way.LIVE, latencies, past, pastTrouble);
    }

    private MonitorState remembering(@Nullable Past nextPast, @Nullable Trouble nextPastTrouble) {
        return new MonitorState(
                reading,
                database,
                readAt,
                signAt,
                trouble,
                nextTry,
                failures,
                outages,
                way,
                latencies,
                nextPast,
                nextPastTrouble);
    }

    /** What each update changes. */
    private final class Reducer implements Update.Visitor<MonitorState> {

        @Override
        public MonitorState statusRead(Update.StatusRead update) {
            return read(update.reading(), update.database(), update.at(), way);
        }

        @Override
        public MonitorState statusStreamed(Update.StatusStreamed update) {
            return read(update.reading(), database, update.at(), Way.LIVE);
        }

        @Override
        public MonitorState factStreamed(Update.FactStreamed update) {
            Past known = past == null ? Past.NONE : past;
            return alive(update.at()).remembering(known.with(update.event()), pastTrouble);
        }

        @Override
        public MonitorState streamBeat(Update.StreamBeat update) {
            return alive(update.at());
        }

        @Override
        public MonitorState streamLost(Update.StreamLost update) {
            return new MonitorState(
                    reading,
                    database,
                    readAt,
                    signAt,
                    trouble,
                    nextTry,
                    failures,
                    outages,
                    update.way(),
                    latencies,
                    past,
                    pastTrouble);
        }

        @Override
        public MonitorState pastRead(Update.PastRead update) {
            return remembering(update.past(), null);
        }

        @Override
        public MonitorState pastFailed(Update.PastFailed update) {
            return remembering(past, update.trouble());
        }

        @Override
        public MonitorState failed(Update.Failed update) {
            return new MonitorState(
                    reading,
                    database,
                    readAt,
                    signAt,
                    update.trouble(),
                    update.nextTry(),
                    failures + 1,
                    trouble == null ? outages + 1 : outages,
                    way,
                    latencies,
                    past,
                    pastTrouble);
        }
    }
}
