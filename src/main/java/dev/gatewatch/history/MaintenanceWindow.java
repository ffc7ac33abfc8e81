package dev.gatewatch.history;

import java.time.Instant;

/**
 * A stretch of time in which downtime was meant to be; it does not count against uptime.
 *
 * @param id unique
 * @param instance whose time
 * @param from its beginning
 * @param to its end, after its beginning
 * @param reason why, for people
 */
public record MaintenanceWindow(String id, String instance, Instant from, Instant to, String reason) {}
