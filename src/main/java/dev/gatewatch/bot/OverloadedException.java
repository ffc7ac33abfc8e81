package dev.gatewatch.bot;

/** A lane has no room for more. */
final class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OverloadedException(String name) {
        super("too much is waiting for " + name, null, false, false);
    }
}
