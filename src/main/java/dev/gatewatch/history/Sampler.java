package dev.gatewatch.history;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.ShardSnapshot;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.connection.SnapshotReducer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Measures each shard from one minute to the next. Thread-safe. */
final class Sampler {

    /** No minute is longer. */
    private static final Duration MOST = Duration.ofMinutes(2);

    private final String instance;
    private final SortedMap<Integer, Minute> minutes = new TreeMap<>();
    private Snapshot snapshot = Snapshot.EMPTY;
    private Instant filed = Instant.MIN;

    Sampler(String instance) {
        this.instance = instance;
    }

    /** Takes note of a fact. */
    synchronized void note(ConnectionEvent event) {
        snapshot = SnapshotReducer.reduce(snapshot, event);
        ShardSnapshot shard = snapshot.shards().get(event.shard());
        if (shard == null) {
            minutes.remove(event.shard()); // it is not run any more, or not yet
        } else {
            minutes.computeIfAbsent(event.shard(), id -> new Minute(event.at())).note(event, shard.phase());
        }
    }

    /**
     * Ends the minute: one sample per shard, filed under the minute that ends at about {@code now}. A minute that was filed already
     * goes on: the database would drop the second sample of it.
     */
    synchronized List<Sample> take(Instant now) {
        List<Sample> samples = new ArrayList<>();
        Instant at = Step.MINUTE.floor(now.minus(Step.MINUTE.length().dividedBy(2)));
        if (at.equals(filed)) {
            return samples;
        }
        filed = at;
        minutes.forEach((id, minute) -> {
            ShardSnapshot shard = snapshot.shards().get(id);
            if (shard != null) {
                samples.add(minute.end(now, at, shard));
            }
        });
        return samples;
    }

    /** The shards that are not connected. */
    synchronized List<Integer> away() {
        return snapshot.list().stream()
                .filter(shard -> shard.phase() != Phase.CONNECTED)
                .map(ShardSnapshot::shard)
                .toList();
    }

    private final class Minute {

        private Instant begin;
        private Instant since;
        private Phase phase = Phase.STARTING;
        private Phase worst = Phase.CONNECTED;
        private Duration up = Duration.ZERO;
        private Duration sum = Duration.ZERO;
        private @Nullable Duration max;
        private int beats;

        Minute(Instant begin) {
            this.begin = begin;
            since = begin;
        }

        void note(ConnectionEvent event, Phase entered) {
            if (event instanceof ConnectionEvent.ClockSet set) {
                begin = set.moved(begin);
                since = set.moved(since);
            } else if (event instanceof ConnectionEvent.ProcessPaused paused) {
                leaveOut(paused);
            }
            pass(event.at());
            phase = entered;
            worst = worst.worse(entered);
            if (event instanceof ConnectionEvent.HeartbeatAcknowledged beat) {
                beats++;
                sum = sum.plus(beat.roundTrip());
                max = max == null || beat.roundTrip().compareTo(max) > 0 ? beat.roundTrip() : max;
            }
        }

        Sample end(Instant now, Instant at, ShardSnapshot shard) {
            pass(now);
            Duration span = between(begin, now);
            if (span.compareTo(MOST) > 0) { // the clock was set, or the process frozen, and it is not told yet
                span = Step.MINUTE.length();
                up = up.compareTo(span) > 0 ? span : up;
            }
            Sample sample = new Sample(
                    instance,
                    shard.shard(),
                    Step.MINUTE,
                    at,
                    worst,
                    up,
                    span,
                    beats == 0 ? null : sum.dividedBy(beats),
                    max,
                    beats,
                    shard.guilds(),
                    shard.users());
            begin = now;
            worst = phase;
            up = Duration.ZERO;
            sum = Duration.ZERO;
            max = null;
            beats = 0;
            return sample;
        }

        /** A minute in which the process did not run is as short as the time in which it did. */
        private void leaveOut(ConnectionEvent.ProcessPaused paused) {
            if (since.isBefore(paused.from())) {
                pass(paused.from());
            }
            begin = begin.isAfter(paused.from()) ? paused.at() : begin.plus(paused.pause());
            since = paused.at();
        }

        private void pass(Instant now) {
            if (phase == Phase.CONNECTED) {
                up = up.plus(between(since, now));
            }
            since = now;
        }

        private static Duration between(Instant from, Instant to) {
            return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
        }
    }
}
