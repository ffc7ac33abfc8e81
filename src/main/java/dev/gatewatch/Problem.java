package dev.gatewatch;

import java.util.regex.Pattern;

/**
 * One setting that is wrong.
 *
 * @param variable its environment variable
 * @param secret whether the value must never be shown
 * @param value as it was written; never shown when it looks like a token
 * @param expected what a right value is, with an example
 */
record Problem(String variable, boolean secret, String value, String expected) {

    private static final int LONGEST_SHOWN = 80;

    /** Three parts of some length divided by dots, wherever they stand: somebody put the token into the wrong variable. */
    private static final Pattern LIKE_A_TOKEN = Pattern.compile("[\\w-]{15,}={0,2}\\.[\\w-]+\\.[\\w-]{6,}");

    /** A password inside a URL. */
    private static final Pattern LIKE_A_PASSWORD = Pattern.compile("://[^/]*@");

    Problem(Setting setting, String value, String expected) {
        this(setting.variable(), setting.secret(), value, expected);
    }

    /** Two lines: the variable with its value, and what is expected. */
    String describe() {
        return variable + " = " + shownValue() + System.lineSeparator() + "      expected: " + expected;
    }

    private String shownValue() {
        if (value.isEmpty()) {
            return "(not set)";
        }
        if (secret) {
            return "(a secret, not shown)";
        }
        if (LIKE_A_TOKEN.matcher(value).find() || LIKE_A_PASSWORD.matcher(value).find()) {
            return "(looks like a secret, not shown)";
        }
        String printable = value.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return '"'
                + (printable.length() > LONGEST_SHOWN ? printable.substring(0, LONGEST_SHOWN) + "…" : printable)
                + '"';
    }

    /** Never the value. */
    @Override
    public String toString() {
        return "Problem[" + variable + "]";
    }
}
