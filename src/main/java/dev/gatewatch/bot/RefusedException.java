package dev.gatewatch.bot;

/** A use of a command that is not carried out, for a reason that the user is told. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    RefusedException(Outcome outcome, String message) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
