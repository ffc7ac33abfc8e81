package dev.gatewatch;

/** Somebody else listens on the port that was asked for. */
final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortTakenException(int port) {
        this(port, "--port");
    }

    PortTakenException(int port, String option) {
        super("the simulator's port " + port + " is in use by another process; choose another one with " + option
                + ", for example " + option + " " + (port + 1) + ", or " + option + " 0 for any free one");
    }
}
