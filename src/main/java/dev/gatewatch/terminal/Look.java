package dev.gatewatch.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * How things are shown.
 *
 * @param server the server's address
 * @param color whether in colours; the words say the same without
 * @param zone in which times are shown
 * @param interval how often the server is asked
 * @param patience how old news may be and still count as the present
 */
record Look(String server, Glyphs glyphs, boolean color, ZoneId zone, Duration interval, Duration patience) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

    AttributedString plain(String text) {
        return styled(text, AttributedStyle.DEFAULT);
    }

    AttributedString faint(String text) {
        return styled(text, AttributedStyle.DEFAULT.faint());
    }

    AttributedString bold(String text) {
        return styled(text, AttributedStyle.DEFAULT.bold());
    }

    /** In the colour of a state. */
    AttributedString of(Judgement.State state, String text) {
        int hue =
                switch (state) {
                    case OK -> AttributedStyle.GREEN;
                    case DEGRADED -> AttributedStyle.YELLOW;
                    case DOWN -> AttributedStyle.RED;
                    case UNKNOWN -> AttributedStyle.MAGENTA;
                };
        return styled(text, AttributedStyle.DEFAULT.bold().foreground(hue));
    }

    /** The time of day; with the day when it is another one. */
    String time(Instant at, Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        boolean isToday = at.atZone(zone).toLocalDate().equals(today);
        return (isToday ? TIME : DAY).format(at.atZone(zone));
    }

    private AttributedString styled(String text, AttributedStyle style) {
        return new AttributedString(glyphs.shown(text), color ? style : AttributedStyle.DEFAULT);
    }
}
