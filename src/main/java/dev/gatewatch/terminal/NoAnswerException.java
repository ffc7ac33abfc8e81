package dev.gatewatch.terminal;

/** The server gave no usable answer. */
final class NoAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;

    NoAnswerException(Trouble trouble) {
        super(trouble.message());
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }
}
