package dev.gatewatch;

/** Somebody else listens on the port that was asked for. */
final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortTakenException(int port) {
        super("the simulator's port " + port + " is in use by another process; choose another one with --port, "
                + "for example --port " + (port + 1) + ", or --port 0 for any free one");
    }
}
