package dev.gatewatch.connection;

/**
 * Where a shard stands, from best to worst.
 *
 * <p>The order matters: the phase of several shards is the worst of theirs.
 */
public enum Phase {
    /** READY or RESUMED was received, and nothing since says otherwise. */
    CONNECTED,
    /** The supervisor was told to start and has not tried yet. */
    STARTING,
    /** The first attempt since the start is under way. */
    CONNECTING,
    /** A session is being continued, or will be after the planned wait. */
    RESUMING,
    /** A new session is being begun after a failure, or will be after the planned wait. */
    RECONNECTING,
    /** The connection is lost and no plan has been made yet; lasts for an instant. */
    DISCONNECTED,
    /** Nothing will happen until somebody starts it: a fatal cause, or an operator's wish. */
    STOPPED;

    /** The worse of two. */
    public Phase worse(Phase other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
