package dev.gatewatch.history;

/** What the writer writes and the journal keeps: facts and measurements. */
sealed interface HistoryEntry permits StoredEvent, Sample {}
