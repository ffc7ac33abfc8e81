package dev.gatewatch.history;

import java.util.List;

/**
 * An incident with all that belongs to it.
 *
 * @param incident itself
 * @param timeline what happened to its shard meanwhile, oldest first; only the first {@link History#TIMELINE} events
 * @param notes what operators wrote, oldest first
 */
public record IncidentReport(Incident incident, List<StoredEvent> timeline, List<Note> notes) {}
