package dev.gatewatch.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run of one row came to. Times are milliseconds since the fault struck; null when it did not happen.
 *
 * @param drill the row's name
 * @param run counts from 1
 * @param at epoch milliseconds of the strike
 * @param outcome what the client did
 * @param detectedMillis when it was seen to have left the connection: by its close, or else by its next connection
 * @param recoveredMillis when READY or RESUMED was sent on the connection that then lasted
 * @param endedMillis when the fault was over; null for one that strikes once
 * @param identifies IDENTIFYs spent
 * @param lost numbered events that were never sent on any connection: they happened while there was no session
 * @param duplicated numbered events sent again although the client had confirmed them by a heartbeat before
 * @param violations rules broken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection // for Jackson in a native image
public record RunResult(
        String drill,
        int run,
        long at,
        Outcome outcome,
        @Nullable Double detectedMillis,
        @Nullable Double recoveredMillis,
        @Nullable Double endedMillis,
        int identifies,
        int lost,
        int duplicated,
        List<String> violations) {

    public RunResult {
        violations = List.copyOf(violations);
    }

    /** Whether the client survived and broke no rule. */
    public boolean good() {
        return outcome.good() && violations.isEmpty();
    }
}
