package dev.gatewatch.terminal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What lines are drawn with.
 *
 * @param bars lowest first
 * @param dot what divides things
 * @param cut what stands for the rest of a line
 * @param rule a heavy line: JLine sends light ones in the VT100's second set of characters, which not all terminals have
 */
record Glyphs(
        String bars, String dot, String cut, char full, char empty, char rule, String up, String down, String mark) {

    static final Glyphs UTF_8 = new Glyphs("▁▂▃▄▅▆▇█", "·", "…", '█', '░', '━', "↑", "↓", "●");
    static final Glyphs ASCII = new Glyphs("_.-=+*#@", "-", "~", '#', '.', '-', "up", "down", "*");

    /** Those that an encoding can carry. */
    static Glyphs of(Charset encoding) {
        return encoding.equals(StandardCharsets.UTF_8) ? UTF_8 : ASCII;
    }

    boolean isAscii() {
        return equals(ASCII);
    }

    /** A text as far as it can be shown. */
    String shown(String text) {
        return isAscii() ? text.replaceAll("[^\\x20-\\x7E]", "?") : text;
    }
}
