package dev.gatewatch.gateway;

/** Whoever is above the wire of one shard; asked and told on the connection's event loop, and must be quick. */
interface Audience {

    /** Whether anybody reads dispatches of this type as Discord4J's objects; those that nobody reads are not built. */
    boolean reads(String type);

    /** Discord4J does not know dispatches of this type, so nobody can read them. */
    void unknown(String type);

    /** A dispatch has arrived, and is passed on only after this. */
    void arrived(Glance dispatch);
}
