package dev.gatewatch.log;

import java.util.Objects;

/** Replaces a throwable that holds a secret. It prints the same type and stack, with the secrets hidden. */
@SuppressWarnings("OverrideThrowableToString") // what is printed names the original type
final class HiddenThrowable extends Throwable {

    private static final long serialVersionUID = 1;

    /** Causes deeper than this are left out; a chain may be a ring. */
    private static final int DEEPEST = 20;

    private final String text;

    private HiddenThrowable(Throwable original, int depth) {
        super(
                null,
                depth < DEEPEST && original.getCause() != null
                        ? new HiddenThrowable(original.getCause(), depth + 1)
                        : null);
        text = Objects.requireNonNullElse(SecretFilter.hide(original.toString()), "");
        setStackTrace(original.getStackTrace());
        if (depth < DEEPEST) {
            for (Throwable suppressed : original.getSuppressed()) {
                addSuppressed(new HiddenThrowable(suppressed, depth + 1));
            }
        }
    }

    static HiddenThrowable of(Throwable original) {
        return new HiddenThrowable(original, 0);
    }

    static boolean isNeededFor(Throwable thrown) {
        return isNeededFor(thrown, 0);
    }

    private static boolean isNeededFor(Throwable thrown, int depth) {
        String text = thrown.toString();
        if (!Objects.equals(text, SecretFilter.hide(text))) {
            return true;
        }
        if (depth == DEEPEST) {
            return false;
        }
        Throwable cause = thrown.getCause();
        if (cause != null && isNeededFor(cause, depth + 1)) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (isNeededFor(suppressed, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /** With the original's type, since formatters such as JSON's show this instead of {@link #toString}. */
    @Override
    public String getMessage() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
