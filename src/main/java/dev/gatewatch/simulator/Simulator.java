package dev.gatewatch.simulator;

import java.net.URI;

/** A running simulator: Discord's REST API and gateway on one loopback port. */
public final class Simulator implements AutoCloseable {

    /** Binds and starts serving; returns when the port accepts connections. */
    public static Simulator start(SimulatorOptions options) {
        throw new UnsupportedOperationException("being built");
    }

    /** The port in use; the chosen one when the options said 0. */
    public int port() {
        throw new UnsupportedOperationException("being built");
    }

    /** What a client sets as its API base URL, {@code http://127.0.0.1:PORT/api/v10}. */
    public URI apiBaseUrl() {
        throw new UnsupportedOperationException("being built");
    }

    /** A token that this simulator accepts. */
    public String token() {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public void close() {}
}
