package dev.gatewatch.gateway;

import dev.gatewatch.connection.Recovery;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The port to Discord's gateway: opens one connection at a time, and knows nothing of retries. */
interface Wire {

    /** Prepares one connection; nothing is sent before {@link Link#signals()} is subscribed. */
    Link open(Request request);

    /**
     * What to connect for.
     *
     * @param shard the shard's index
     * @param url the gateway's address, {@code ws://} or {@code wss://}, without a query
     * @param recovery {@link Recovery#RESUME} or {@link Recovery#IDENTIFY}
     * @param session what to resume; dropped with IDENTIFY
     */
    record Request(
            int shard,
            String url,
            Recovery recovery,
            @Nullable Session session) {

        public Request {
            session = recovery == Recovery.RESUME ? session : null;
        }
    }

    /** One connection, from its first packet to its end. */
    interface Link {

        /**
         * Connects on subscription, once. Ends with a {@link ConnectionEnded} that tells the true cause, and never
         * completes. Cancelling cuts the connection at once, in a way that keeps the session: it does not wait for the
         * close handshake.
         */
        Flux<Signal> signals();

        /** The signs of life of this connection. */
        Pulse pulse();

        /** Sends a heartbeat ahead of its time. */
        void probe();

        /** Makes the cut that follows end the session as well, for Discord and for us. */
        void endSession();

        /** Whether IDENTIFY was sent; final once {@link #signals} has ended or was cancelled. Safe from any thread. */
        boolean identified();

        /** What could be resumed now: the latest session id and sequence number. */
        Optional<Session> session();
    }

    /** What an open connection tells, in the order it happened. */
    sealed interface Signal {

        /** HELLO arrived. */
        record Hello(Duration heartbeatInterval) implements Signal {}

        /** IDENTIFY is being sent. */
        record Identified() implements Signal {}

        /** READY arrived. */
        record Ready() implements Signal {}

        /** RESUMED arrived after so many replayed dispatches. */
        record Resumed(int replayed) implements Signal {}

        /** A heartbeat was acknowledged. */
        record Acknowledged(Duration roundTrip) implements Signal {}

        /** A payload was skipped because it could not be understood; the connection goes on. */
        record Skipped(String message) implements Signal {}
    }
}
