package dev.gatewatch.history;

/** The database works, and yet does not take an entry, or takes it and fails over what it says. It will not take it later either. */
final class EntryRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EntryRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
