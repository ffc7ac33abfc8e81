package dev.gatewatch.simulator;

import org.jspecify.annotations.Nullable;

/**
 * What a fault does; every default is what Discord does on a good day.
 *
 * <p>All of it runs on the event loop. An instant fault has a {@link #start} only.
 */
interface Fault {

    /** Strikes; {@code self} knows which connections are meant. */
    default void start(Gateway gateway, ActiveFault self) {}

    /** Undoes what {@link #start} did. */
    default void heal(Gateway gateway, ActiveFault self) {}

    /** Called before HELLO is sent on a new connection; false when there shall be none. */
    default boolean admits(GatewayConnection connection, ActiveFault self) {
        return true;
    }

    /** Called before HELLO is delayed; true when it shall leave in the same TCP segment as the upgrade's answer. */
    default boolean greetsAtOnce(GatewayConnection connection, ActiveFault self) {
        return false;
    }

    /** Called for an IDENTIFY or RESUME; true when the fault has dealt with it. */
    default boolean answersLogin(GatewayConnection connection, int op, ActiveFault self) {
        return false;
    }

    /** Called for each payload before it is sent. */
    default Treatment treat(GatewayConnection connection, Payload payload, ActiveFault self) {
        return Treatment.PASS;
    }

    /** Called for each HTTP request that is not to the control API; null when the fault leaves it alone. */
    default @Nullable Reply answer(HttpCall call, ActiveFault self) {
        return null;
    }

    /** Changes what a client is told. */
    default Terms terms(Terms terms) {
        return terms;
    }
}
