package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;

/** A connection, or an attempt at one, ended with a {@link Failure}. */
public final class ConnectionEnded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    ConnectionEnded(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    /** Why. */
    public Failure failure() {
        return failure;
    }
}
