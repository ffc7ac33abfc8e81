package dev.gatewatch.history;

/** What is kept for a time of its own. */
enum Tier {
    EVENTS,
    INCIDENTS,
    MINUTES,
    HOURS,
    DAYS
}
