package dev.gatewatch.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** The keys, in full and in the last line. */
final class HelpPanel {

    private HelpPanel() {}

    static List<AttributedString> lines(Look look) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(look.bold("Keys"));
        lines.add(key(look, "q, Ctrl+C", "end"));
        lines.add(key(look, "r", "ask the server now"));
        lines.add(key(look, "left, right", "which events: all, losses, recoveries, attempts"));
        lines.add(key(look, "up, down", "scroll the events; also Page Up, Page Down, Home, End"));
        lines.add(key(look, "/", "only events with a word: type it, then Enter; Esc ends it"));
        lines.add(key(look, "?", "this page, and back"));
        lines.add(AttributedString.EMPTY);
        lines.add(look.plain("OK: connected. DEGRADED: being won back, or the history's database is away."));
        lines.add(look.plain("DOWN: stopped, or no shard connected for a minute. UNKNOWN: no news."));
        return lines;
    }

    static AttributedString footer(View view, Look look) {
        if (view.typing()) {
            return look.plain("/" + view.words() + "_  (Enter: keep, Esc: all)");
        }
        Glyphs glyphs = look.glyphs();
        String divider = " " + glyphs.dot() + " ";
        return look.faint(String.join(
                divider,
                "q quit",
                "? help",
                "r refresh",
                glyphs.up() + "/" + glyphs.down() + " scroll",
                "left/right filter",
                "/ search"));
    }

    private static AttributedString key(Look look, String key, String meaning) {
        return look.plain("  " + key + " ".repeat(Math.max(1, 14 - key.length())) + meaning);
    }
}
