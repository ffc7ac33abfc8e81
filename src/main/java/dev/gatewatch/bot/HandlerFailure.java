package dev.gatewatch.bot;

/** A handler failed; wrapped, since Reactor does not pass on Errors. */
final class HandlerFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HandlerFailure(Throwable cause) {
        super(null, cause, false, false);
    }

    /** What the handler threw. */
    static Throwable unwrap(Throwable error) {
        Throwable cause = error instanceof HandlerFailure ? error.getCause() : null;
        return cause == null ? error : cause;
    }
}
