package dev.gatewatch;

/** Why something that goes wrong is the library's own doing. */
enum Excuse {
    NONE("", ""),
    FIVE_SECONDS_SHARP(
            "identify-rate", "it waits exactly 5 s before the next shard's IDENTIFY, which may then arrive too soon"),
    NO_HEARTBEAT_MEANWHILE(
            "heartbeat, identify-rate",
            "after op 9 it identifies at once, however soon that is after another shard, and sends no heartbeat meanwhile"),
    COUNTS_FROM_CONNECTING(
            "identify-rate",
            "it counts its 5.5 s from the connection's beginning, so that a slow one leaves too little"),
    RESUMES_TWICE(
            "already-authenticated",
            "when a silent connection ends at last, it sends a RESUME on the one that took its place"),
    WAITS_FOR_CLOSE(Demand.SILENCE.title(), "it notices the silence, but then waits for the other side to close");

    private final String about;
    private final String why;

    Excuse(String about, String why) {
        this.about = about;
        this.why = why;
    }

    /** The names of rules of Discord's, or the title of a demand. */
    String about() {
        return about;
    }

    String why() {
        return why;
    }
}
