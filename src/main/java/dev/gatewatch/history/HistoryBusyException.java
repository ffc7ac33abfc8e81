package dev.gatewatch.history;

/** Too many questions that read much of the history wait already. */
public final class HistoryBusyException extends HistoryUnavailableException {

    private static final long serialVersionUID = 1L;

    HistoryBusyException(Throwable cause) {
        super("Too many questions about uptime or availability wait already. Ask again in a few seconds.", cause);
    }
}
