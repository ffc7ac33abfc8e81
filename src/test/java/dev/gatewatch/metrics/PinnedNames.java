package dev.gatewatch.metrics;

import static java.util.Map.entry;

import java.util.Map;

/** Every name that dashboards and rules may rely on, with its type: renaming one breaks somebody's alert. */
final class PinnedNames {

    static final Map<String, String> ALL = Map.ofEntries(
            entry("gatewatch_alert_deliveries_total", "counter"),
            entry("gatewatch_attempt_failures_total", "counter"),
            entry("gatewatch_build_info", "gauge"),
            entry("gatewatch_command_invocations_total", "counter"),
            entry("gatewatch_connection_attempts_total", "counter"),
            entry("gatewatch_disconnects_total", "counter"),
            entry("gatewatch_events_received_total", "counter"),
            entry("gatewatch_events_replayed_total", "counter"),
            entry("gatewatch_exhaustions_total", "counter"),
            entry("gatewatch_guilds", "gauge"),
            entry("gatewatch_heartbeat_latency_seconds", "histogram"),
            entry("gatewatch_heartbeat_latency_seconds_max", "gauge"),
            entry("gatewatch_history_buffer_capacity", "gauge"),
            entry("gatewatch_history_buffer_entries", "gauge"),
            entry("gatewatch_history_journal_writes_total", "counter"),
            entry("gatewatch_history_lost_total", "counter"),
            entry("gatewatch_history_refused_total", "counter"),
            entry("gatewatch_history_up", "gauge"),
            entry("gatewatch_history_write_failures_total", "counter"),
            entry("gatewatch_history_writes_total", "counter"),
            entry("gatewatch_identifies_total", "counter"),
            entry("gatewatch_identify_budget_exhaustion_seconds", "gauge"),
            entry("gatewatch_identify_budget_limit", "gauge"),
            entry("gatewatch_identify_budget_remaining", "gauge"),
            entry("gatewatch_identify_budget_reserve", "gauge"),
            entry("gatewatch_identify_budget_reset_timestamp_seconds", "gauge"),
            entry("gatewatch_last_ack_timestamp_seconds", "gauge"),
            entry("gatewatch_listener_events_total", "counter"),
            entry("gatewatch_process_paused_seconds_total", "counter"),
            entry("gatewatch_rate_limits_total", "counter"),
            entry("gatewatch_reader_failures_total", "counter"),
            entry("gatewatch_recovery_duration_seconds", "histogram"),
            entry("gatewatch_recovery_duration_seconds_max", "gauge"),
            entry("gatewatch_rest_requests_total", "counter"),
            entry("gatewatch_shard_state", "gauge"),
            entry("gatewatch_users", "gauge"),
            entry("gatewatch_zombie_detection_seconds", "histogram"),
            entry("gatewatch_zombie_detection_seconds_max", "gauge"));

    private PinnedNames() {}
}
