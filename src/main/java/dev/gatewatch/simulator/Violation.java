package dev.gatewatch.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A rule of Discord's that a client broke.
 *
 * @param at epoch milliseconds
 * @param rule a stable name, e.g. {@code identify-rate}
 * @param detail what the client did
 * @param source where Discord says so
 * @param connection the connection's number, null for a REST request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Violation(
        long at,
        String rule,
        String detail,
        String source,
        @Nullable Long connection) {}
