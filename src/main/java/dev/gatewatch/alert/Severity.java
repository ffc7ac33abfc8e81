package dev.gatewatch.alert;

/** How bad it is, from mild to worst. The order matters: an alert is told again when it gets worse, never when it gets better. */
public enum Severity {
    /** Part of the bot is away, or trouble is coming. */
    WARNING,
    /** All of the bot is away. */
    ERROR,
    /** All allowed attempts in a row failed; Gatewatch goes on, but somebody should look. */
    CRITICAL,
    /** Nothing will happen until a person acts: a refused token, an intent that is not enabled. */
    FATAL;

    /** The worse of two. */
    Severity worse(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
