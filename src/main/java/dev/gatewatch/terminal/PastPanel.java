package dev.gatewatch.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** The lower part: the last incidents and events, as many as there is room for. */
final class PastPanel {

    private static final int MOST_INCIDENTS = 4;

    private final View view;
    private final Instant now;
    private final Look look;

    private PastPanel(View view, Instant now, Look look) {
        this.view = view;
        this.now = now;
        this.look = look;
    }

    static List<AttributedString> lines(MonitorState state, View view, int room, Instant now, Look look) {
        return new PastPanel(view, state.serverTime(now), look).lines(state, room);
    }

    private List<AttributedString> lines(MonitorState state, int room) {
        List<AttributedString> lines = new ArrayList<>();
        Past past = state.past();
        if (past == null) {
            lines.add(look.faint("The server keeps no history."));
            return lines;
        }
        incidents(lines, past, state, room);
        int left = room - lines.size() - 1;
        List<PastEvent> events = view.of(past.events());
        if (left >= 1) {
            lines.add(heading("Events", chosen() + ", " + Words.count(events.size())));
            int from = Math.min(view.scroll(), Math.max(0, events.size() - 1));
            events.stream().skip(from).limit(left).map(this::event).forEach(lines::add);
        }
        return lines;
    }

    private void incidents(List<AttributedString> lines, Past past, MonitorState state, int room) {
        int shown = Math.max(1, Math.min(MOST_INCIDENTS, room / 3));
        Trouble trouble = state.pastTrouble();
        String note = trouble != null
                ? "may be old: " + trouble.message()
                : state.reading() == null
                        ? "not read yet"
                        : past.incidents().isEmpty()
                                ? "none"
                                : "the last " + Math.min(shown, past.incidents().size());
        lines.add(heading("Incidents", note));
        past.incidents().stream().limit(shown).map(this::incident).forEach(lines::add);
    }

    private AttributedString incident(PastIncident incident) {
        Duration duration = incident.lasted();
        boolean open = duration == null;
        String lasted = duration == null ? "still open" : Words.duration(duration);
        return new AttributedStringBuilder()
                .append(look.faint(look.time(incident.start(), now) + "  "))
                .append(open ? look.of(Judgement.State.DOWN, lasted) : look.plain(lasted))
                .append(look.plain("  #" + incident.shard() + " " + Words.plain(incident.cause()) + ", fault of "
                        + incident.blame() + ": " + incident.message()))
                .toAttributedString();
    }

    private AttributedString event(PastEvent event) {
        String cause = event.cause() == null ? "" : " " + Words.plain(event.cause());
        String words = event.message().isEmpty() ? "" : ": " + event.message();
        AttributedString kind = EventFilter.LOSSES.shows(event)
                ? look.of(Judgement.State.DEGRADED, Words.plain(event.kind()))
                : EventFilter.RECOVERIES.shows(event)
                        ? look.of(Judgement.State.OK, Words.plain(event.kind()))
                        : look.plain(Words.plain(event.kind()));
        return new AttributedStringBuilder()
                .append(look.faint(look.time(event.time(), now) + "  "))
                .append(look.plain("#" + event.shard() + " "))
                .append(kind)
                .append(look.plain(cause + words))
                .toAttributedString();
    }

    private String chosen() {
        return view.filter().word() + (view.words().isEmpty() ? "" : " with \"" + view.words() + "\"");
    }

    private AttributedString heading(String name, String note) {
        String rule = String.valueOf(look.glyphs().rule()).repeat(2);
        return new AttributedStringBuilder()
                .append(look.faint(rule + " "))
                .append(look.bold(name))
                .append(look.faint(" (" + note + ") " + rule))
                .toAttributedString();
    }
}
