package dev.gatewatch.alert;

/** Fits text into what the targets allow. */
final class Texts {

    private Texts() {}

    /** At most so many UTF-16 units, of which the last is an ellipsis if something was left out; no character is torn. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    /** With what Slack's markup would read as a mention or a link written out. See [Slack Docs/Formatting text/Escaping text]. */
    static String slack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
