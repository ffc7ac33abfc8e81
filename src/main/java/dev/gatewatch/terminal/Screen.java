package dev.gatewatch.terminal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * The whole picture: lines that fit the terminal, whatever its size. Pure.
 *
 * <p>When there is little room the lower lines go first: the state stays to the last.
 */
final class Screen {

    private Screen() {}

    static List<AttributedString> of(MonitorState state, View view, int width, int height, Instant now, Look look) {
        if (width < 1 || height < 1) {
            return List.of();
        }
        List<AttributedString> lines = new ArrayList<>();
        if (view.help()) {
            lines.addAll(HelpPanel.lines(look));
        } else {
            lines.addAll(StatusPanel.lines(state, width, now, look));
            lines.addAll(PastPanel.lines(state, view, height - lines.size() - 1, now, look));
        }
        AttributedString footer = HelpPanel.footer(view, look);
        if (height >= 4) {
            lines = new ArrayList<>(lines.subList(0, Math.min(lines.size(), height - 1)));
            while (lines.size() < height - 1) {
                lines.add(AttributedString.EMPTY);
            }
            lines.add(footer);
        }
        return lines.stream()
                .limit(height)
                .map(line -> fitted(line, width, look.glyphs()))
                .toList();
    }

    /** Cut to the width, with a sign that it was cut. */
    private static AttributedString fitted(AttributedString line, int width, Glyphs glyphs) {
        if (line.columnLength() <= width) {
            return line;
        }
        return new AttributedStringBuilder()
                .append(line.columnSubSequence(0, width - 1))
                .append(glyphs.cut())
                .toAttributedString();
    }
}
