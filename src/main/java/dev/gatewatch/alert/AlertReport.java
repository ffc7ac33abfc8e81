package dev.gatewatch.alert;

import java.util.List;

/**
 * How the alerts do.
 *
 * @param open the alerts that were told, and whose end was not
 * @param targets every target, in the order of the setting
 * @param maintenance whether a maintenance window keeps alerts quiet now
 * @param kept whether the database was read and has everything of it
 */
public record AlertReport(List<OpenAlert> open, List<TargetReport> targets, boolean maintenance, boolean kept) {}
