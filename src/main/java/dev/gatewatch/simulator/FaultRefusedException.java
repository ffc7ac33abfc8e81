package dev.gatewatch.simulator;

/** A fault that does not exist, or a parameter that it cannot have; the message is for whoever asked. */
public final class FaultRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    FaultRefusedException(String message) {
        super(message);
    }
}
