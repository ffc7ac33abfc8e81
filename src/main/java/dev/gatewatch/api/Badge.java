package dev.gatewatch.api;

/**
 * A badge: a label and a message side by side.
 *
 * @param label on the left, any text
 * @param message on the right, any text
 * @param colour of the right half, as CSS
 */
record Badge(String label, String message, String colour) {

    private static final int HEIGHT = 20;
    private static final double CHARACTER = 6.6; // on average, in Verdana of 11 px; textLength makes up for the rest
    private static final int PADDING = 10;

    /** The picture; a screen reader says its title. */
    String svg() {
        int left = width(label);
        int right = width(message);
        String title = xml(label + ": " + message);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" role="img" aria-label="%3$s">
                <title>%3$s</title>
                <rect width="%4$d" height="%2$d" fill="#444"/>
                <rect x="%4$d" width="%5$d" height="%2$d" fill="%6$s"/>
                <g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
                <text x="%7$d" y="14" textLength="%8$d">%9$s</text>
                <text x="%10$d" y="14" textLength="%11$d">%12$s</text>
                </g>
                </svg>
                """.formatted(
                        left + right,
                        HEIGHT,
                        title,
                        left,
                        right,
                        colour,
                        left / 2,
                        left - PADDING,
                        xml(label),
                        left + right / 2,
                        right - PADDING,
                        xml(message));
    }

    private static int width(String text) {
        return (int) Math.ceil(text.codePointCount(0, text.length()) * CHARACTER) + PADDING;
    }

    /** Text as XML takes it; what XML has no place for at all is left out. See [XML 1.0/Char]. */
    private static String xml(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .filter(c -> c >= 0x20 && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF)
                .forEach(c -> {
                    switch (c) {
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '&' -> escaped.append("&amp;");
                        case '"' -> escaped.append("&quot;");
                        case '\'' -> escaped.append("&#39;");
                        default -> escaped.appendCodePoint(c);
                    }
                });
        return escaped.toString();
    }
}
