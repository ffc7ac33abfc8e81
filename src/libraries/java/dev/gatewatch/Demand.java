package dev.gatewatch;

/** What each library has to do; the order is that of the run and of the table. */
enum Demand {
    LOG_IN("two shards log in"),
    SEE("guilds, channels, roles, members"),
    PING("`/ping`"),
    FILE("answer with a file"),
    DROP("connection lost", "{\"fault\": \"drop\", \"shard\": 0}"),
    RECONNECT("op 7", "{\"fault\": \"reconnect\", \"shard\": 0}"),
    RESUMABLE("op 9, resumable", "{\"fault\": \"invalid-session\", \"resumable\": true, \"shard\": 0}"),
    NOT_RESUMABLE("op 9, not resumable", "{\"fault\": \"invalid-session\", \"resumable\": false, \"shard\": 0}"),
    CLOSE_4000("close 4000", "{\"fault\": \"close\", \"code\": 4000, \"shard\": 0}"),
    SILENCE("silence", "{\"fault\": \"black-hole\", \"shard\": 0}"),
    RULES("rules broken");

    private final String title;
    private final String fault;

    Demand(String title) {
        this(title, "");
    }

    Demand(String title, String fault) {
        this.title = title;
        this.fault = fault;
    }

    /** Its column in the table. */
    String title() {
        return title;
    }

    /** The fault that the library has to survive, as the simulator wants it; empty when it is about something else. */
    String fault() {
        return fault;
    }
}
