package dev.gatewatch.bot;

/** The user gave a command something it cannot use. */
public final class WrongInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message for the user: what is wrong, and what is expected */
    public WrongInputException(String message) {
        super(message);
    }
}
