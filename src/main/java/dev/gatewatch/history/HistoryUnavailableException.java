package dev.gatewatch.history;

import dev.gatewatch.connection.ForeignText;

/** The database did not do what it was asked; its cause says why, and no message of either holds a password. */
public sealed class HistoryUnavailableException extends RuntimeException permits HistoryBusyException {

    private static final long serialVersionUID = 1L;

    HistoryUnavailableException(String message) {
        super(ForeignText.clean(message));
    }

    HistoryUnavailableException(String message, Throwable cause) {
        super(ForeignText.clean(message), cause);
    }
}
