package dev.gatewatch.drill;

/** What a good client does about a fault. */
enum Answer {
    /** It keeps the connection. */
    KEEP,
    /** It reconnects and resumes its session. */
    RESUME,
    /** It reconnects and identifies: there is no session to resume. */
    IDENTIFY,
    /** It stays away: only a person can help. */
    STOP
}
