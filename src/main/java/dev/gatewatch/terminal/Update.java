package dev.gatewatch.terminal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something new for the screen. */
sealed interface Update {

    /** Handles it. */
    <R> R accept(Visitor<R> visitor);

    /** The status was told. */
    record StatusRead(Reading reading, @Nullable String database, Instant at) implements Update {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.statusRead(this);
        }
    }

    /** The stream told the status, and nothing of the database. */
    record StatusStreamed(Reading reading, Instant at) implements Update {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.statusStreamed(this);
        }
    }

    /** The stream told a fact. */
    record FactStreamed(PastEvent event, Instant at) implements Update {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.factStreamed(this);
        }
    }

    /** The stream gave a sign of life. */
    record StreamBeat(Instant at) implements Update {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.streamBeat(this);
        }
    }

    /** The stream ended, or there is none. */
    record StreamLost(Way way) implements Update {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.streamLost(this);
        }
    }

    /** The history was read; null when the server keeps none. */
    record PastRead(@Nullable Past past) implements Update {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.pastRead(this);
        }
    }

    /** The history could not be read. */
    record PastFailed(Trouble trouble) implements Update {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.pastFailed(this);
        }
    }

    /** The status could not be read. */
    record Failed(Trouble trouble, Instant at, Instant nextTry) implements Update {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.failed(this);
        }
    }

    /** How news come in. */
    enum Way {
        /** Nothing is known yet. */
        STARTING,
        LIVE,
        /** The stream was there and is not; it is tried again. */
        POLLING,
        /** The server has no stream. */
        NO_STREAM
    }

    /** One method for each. */
    interface Visitor<R> {

        R statusRead(StatusRead update);

        R statusStreamed(StatusStreamed update);

        R factStreamed(FactStreamed update);

        R streamBeat(StreamBeat update);

        R streamLost(StreamLost update);

        R pastRead(PastRead update);

        R pastFailed(PastFailed update);

        R failed(Failed update);
    }
}
