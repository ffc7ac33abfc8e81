package dev.gatewatch.gateway;

/**
 * Is told of what passes between us and Discord, to measure it: what is too frequent to be a fact of its own.
 *
 * <p>Called on the connections' threads: an implementation must be quick, thread-safe, and never fail.
 */
public interface Traffic {

    /** Nobody measures. */
    Traffic UNMEASURED = new Traffic() {};

    /** A dispatch arrived; {@code type} is its name on the wire, {@code GUILD_CREATE} for example, and may be anything. */
    default void received(int shard, String type) {}

    /** Discord refused payloads of this opcode, since too many were sent; -1 when it does not say of which. */
    default void rateLimited(int shard, int opcode) {}

    /** A request to the REST API was answered with this HTTP status. */
    default void answered(int status) {}

    /** A request to the REST API got no answer: it could not be sent, the connection was lost, or time ran out. */
    default void unanswered() {}
}
