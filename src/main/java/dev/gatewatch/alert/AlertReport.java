package dev.gatewatch.alert;

import java.util.List;

/**
 * How the alerts do.
 *
 * @param open the open alerts
 * @param targets every target, in the order of the setting
 * @param maintenance whether a maintenance window keeps alerts quiet now
 * @param kept whether the database has everything of it
 */
public record AlertReport(List<OpenAlert> open, List<TargetReport> targets, boolean maintenance, boolean kept) {}
