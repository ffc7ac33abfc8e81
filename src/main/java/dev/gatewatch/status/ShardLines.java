package dev.gatewatch.status;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.ConnectionEvent.AttemptStarted;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Recovery;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the log remembers of one shard: its current attempt, and what it has said already. Used from one thread. */
final class ShardLines {

    private final RepeatedLines outage = new RepeatedLines();
    private final RepeatedLines oddities = new RepeatedLines();
    private Map<String, String> fields = Map.of();
    private boolean failureRepeated;
    private @Nullable Recovery planned;

    /** Lines from the loss of a connection until it is won back. */
    RepeatedLines outage() {
        return outage;
    }

    /** Lines about what is odd on an open connection, until it is lost. */
    RepeatedLines oddities() {
        return oddities;
    }

    /** The current attempt's fields, the last one's until the next begins; empty before the first. */
    Map<String, String> fields() {
        return fields;
    }

    void begin(AttemptStarted attempt) {
        fields = Map.of("attempt_id", attempt.id(), "attempt", Integer.toString(attempt.attempt()));
    }

    void forgetAttempt() {
        fields = Map.of();
        lost();
    }

    /** A connection was lost: another outage begins. */
    void lost() {
        failureRepeated = false;
        planned = null;
    }

    /** The clock was set: runs of lines keep their length. */
    void move(ConnectionEvent.ClockSet set) {
        outage.move(set);
        oddities.move(set);
    }

    /** Whether an attempt failed for a cause that this outage has had. */
    boolean failed(Failure failure, Instant at) {
        failureRepeated = outage.isRepeat(failure.kind() + "/" + failure.code(), at);
        return failureRepeated;
    }

    /** Whether a plan says nothing new: the same again, after the same failure again. */
    boolean planned(Recovery recovery, Instant at) {
        boolean repeat = failureRepeated && recovery == planned;
        planned = recovery;
        return repeat;
    }
}
