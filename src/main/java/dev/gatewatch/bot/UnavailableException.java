package dev.gatewatch.bot;

import org.jspecify.annotations.Nullable;

/** Something a command depends on cannot be reached at the moment, and nobody has made a mistake. */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param what for the user: what cannot be reached, as in "The ticket system" */
    public UnavailableException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
