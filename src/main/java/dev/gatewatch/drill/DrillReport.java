package dev.gatewatch.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What drills came to.
 *
 * @param conditions under which they were held
 * @param planned how many runs there should have been
 * @param complete whether all of them were done
 * @param good whether the client survived every run that was done and broke no rule
 * @param drills one summary per row
 * @param runs every run
 */
@RegisterForReflection // for Jackson in a native image
public record DrillReport(
        Conditions conditions,
        int planned,
        boolean complete,
        boolean good,
        List<Summary> drills,
        List<RunResult> runs) {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The report on what has been done so far. */
    public static DrillReport of(Conditions conditions, int planned, List<RunResult> results) {
        return new DrillReport(
                conditions,
                planned,
                results.size() == planned,
                results.stream().allMatch(RunResult::good),
                Summary.of(results),
                results);
    }

    /** As JSON, for machines. */
    public String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a Markdown table, for documents. */
    public String markdown() {
        return new ReportTable(this).markdown();
    }

    /** As a table, for a terminal. */
    public String table() {
        return new ReportTable(this).plain();
    }
}
