package dev.gatewatch.terminal;

import dev.gatewatch.terminal.Judgement.State;
import dev.gatewatch.terminal.Reading.Budget;
import dev.gatewatch.terminal.Reading.Fault;
import dev.gatewatch.terminal.Reading.Next;
import dev.gatewatch.terminal.Reading.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jspecify.annotations.Nullable;

/** The upper part: how the bot is, and what it does right now. */
final class StatusPanel {

    private static final int LABEL = 10;
    private static final int BUDGET_BAR = 20;
    private static final int MOST_WRAPPED = 3;

    private final MonitorState state;
    private final int width;
    private final Instant now;
    private final Look look;
    private final boolean current;
    private final @Nullable Reading reading;

    private StatusPanel(MonitorState state, int width, Instant now, Look look) {
        this.state = state;
        this.width = width;
        this.now = now;
        this.look = look;
        current = state.isCurrent(now, look.patience());
        reading = state.reading();
    }

    static List<AttributedString> lines(MonitorState state, int width, Instant now, Look look) {
        return new StatusPanel(state, width, now, look).lines();
    }

    private List<AttributedString> lines() {
        List<AttributedString> lines = new ArrayList<>();
        lines.addAll(headline());
        lines.add(source());
        lines.add(line("Now", activity()));
        lines.add(line("Latency", latency()));
        lines.add(line("Uptime", uptime()));
        lines.add(line("Counts", counts()));
        lines.add(line("Errors", errors()));
        lines.add(line("Budget", budget()));
        if (reading != null && reading.shards().size() > 1) {
            lines.add(line("Shards", current ? shards(reading.shards()) : "unknown"));
        }
        return lines;
    }

    /** One sentence that a tired person understands; it goes on in the next line rather than be cut. */
    private List<AttributedString> headline() {
        Judgement judgement = state.judge(now, look.patience());
        Long uptime = reading == null ? null : reading.uptimeSeconds();
        boolean ok = judgement.state() == State.OK;
        String word = ok ? "CONNECTED" : judgement.state().name();
        String reason = ok && uptime != null ? "for " + Words.age(uptimeNow(uptime)) : judgement.reason();
        AttributedString begin = look.of(judgement.state(), look.glyphs().mark() + " " + word);
        List<String> wrapped = Words.wrap(reason, width - begin.columnLength() - 1, width);
        List<AttributedString> lines = new ArrayList<>();
        lines.add(new AttributedStringBuilder()
                .append(begin)
                .append(look.bold(" " + wrapped.get(0)))
                .toAttributedString());
        wrapped.stream().skip(1).limit(MOST_WRAPPED).map(look::plain).forEach(lines::add);
        return lines;
    }

    /** Where this comes from, and how old it is. */
    private AttributedString source() {
        String way =
                switch (state.way()) {
                    case STARTING -> "connecting";
                    case LIVE -> "live";
                    case POLLING -> "no stream, asking every " + Words.duration(look.interval());
                    case NO_STREAM ->
                        "this server has no event stream, asking every " + Words.duration(look.interval());
                };
        String dot = " " + look.glyphs().dot() + " ";
        String heard = state.signAt() == null ? "not heard yet" : "heard " + Words.age(state.age(now)) + " ago";
        String lost = state.outages() == 0
                ? ""
                : dot + "unreachable " + state.outages() + (state.outages() == 1 ? " time" : " times")
                        + (state.failures() == 0 ? "" : ", " + Words.count(state.failures(), "failure") + " now");
        return look.faint(look.server() + dot + way + dot + heard + lost);
    }

    private Duration uptimeNow(long seconds) {
        Duration since = state.readAt() == null ? Duration.ZERO : Duration.between(state.readAt(), now);
        return Duration.ofSeconds(seconds).plus(since.isNegative() ? Duration.ZERO : since);
    }

    private String activity() {
        if (!current || reading == null) {
            return lastKnown();
        }
        Shard shard = reading.nextTried();
        Next next = shard == null ? null : shard.next();
        if (shard != null && next != null) {
            Duration left = Duration.between(state.serverTime(now), next.at());
            return "attempt " + (shard.attempts() + 1)
                    + (reading.shards().size() > 1 ? " of shard " + shard.number() : "")
                    + ", " + next.recovery()
                    + (left.toMillis() <= 0 ? " now" : " in " + Words.age(left.plusMillis(999)))
                    + ": " + next.reason();
        }
        if (reading.isConnected()) {
            return "nothing to do: the connection is watched";
        }
        return reading.status().equals("stopped") ? "nothing until somebody acts" : reading.status();
    }

    private String lastKnown() {
        String retry = state.nextTry() == null
                ? ""
                : "try " + (state.failures() + 1) + " in "
                        + Words.age(Duration.between(now, state.nextTry()).plusMillis(999));
        String known = reading == null
                ? "no reading yet"
                : "last known: " + reading.status() + ", " + Words.age(state.age(now)) + " ago";
        return retry.isEmpty() ? known : retry + " " + look.glyphs().dot() + " " + known;
    }

    private String latency() {
        Double latency = reading == null ? null : reading.latency();
        String figure = latency == null ? "not measured yet" : Words.millis(latency);
        List<Double> past = state.past() == null ? List.of() : state.past().latencies();
        boolean longPast = past.size() > state.latencies().size();
        List<Double> trail = longPast ? past : state.latencies();
        if (!current || latency == null || trail.size() < 2 || width < 40) {
            return known(figure);
        }
        String span = longPast ? " last hour" : " since the start";
        double least = trail.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = trail.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        String range = width < 70 ? "" : " " + Math.round(least) + "-" + Math.round(most) + " ms" + span;
        int room = width - LABEL - figure.length() - 2 - range.length();
        return figure + "  "
                + Sparkline.of(trail, Math.min(room, 60), look.glyphs().bars()) + range;
    }

    private String uptime() {
        Past past = state.past();
        if (past == null || past.uptime().isEmpty()) {
            return known(
                    reading == null || reading.uptimeSeconds() == null
                            ? "not told"
                            : Words.age(uptimeNow(reading.uptimeSeconds())));
        }
        return known(past.uptime().entrySet().stream()
                .map(window -> window.getKey() + " " + Words.percent(window.getValue()))
                .collect(Collectors.joining("  ")));
    }

    private String errors() {
        if (reading == null || reading.recentErrors() == null) {
            return known("not told");
        }
        StringBuilder words = new StringBuilder(Words.count(reading.recentErrors()) + " lately");
        Past past = state.past();
        if (past != null && !past.errors().isEmpty()) {
            words.append("; in 24 h: ")
                    .append(past.errors().entrySet().stream()
                            .limit(4)
                            .map(cause -> Words.plain(cause.getKey()) + " " + Words.count(cause.getValue()))
                            .collect(Collectors.joining(", ")));
        }
        Fault last = reading.lastError();
        if (last != null) {
            words.append("; last: ").append(last.message());
            if (last.time() != null) {
                words.append(", ")
                        .append(Words.age(Duration.between(last.time(), state.serverTime(now))))
                        .append(" ago");
            }
        }
        return known(words.toString());
    }

    private String budget() {
        Budget budget = reading == null ? null : reading.budget();
        if (budget == null) {
            return known("not told");
        }
        Instant server = state.serverTime(now);
        int full =
                budget.total() <= 0 ? 0 : (int) Math.round((double) BUDGET_BAR * budget.remaining() / budget.total());
        int filled = Math.max(0, Math.min(BUDGET_BAR, full));
        String bar = width < 70
                ? ""
                : String.valueOf(look.glyphs().full()).repeat(filled)
                        + String.valueOf(look.glyphs().empty()).repeat(BUDGET_BAR - filled) + " ";
        StringBuilder words = new StringBuilder(
                bar + Words.count(budget.remaining()) + " of " + Words.count(budget.total()) + " IDENTIFYs left");
        if (budget.reserve() != null) {
            words.append(", ").append(budget.reserve()).append(" in reserve");
        }
        if (budget.resetAt() != null) {
            words.append(", reset in ").append(Words.age(Duration.between(server, budget.resetAt())));
        }
        if (budget.emptyAt() != null) {
            words.append(", at this pace gone in ").append(Words.age(Duration.between(server, budget.emptyAt())));
        }
        return known(words.toString());
    }

    private static String shards(List<Shard> shards) {
        Map<String, Long> phases =
                shards.stream().collect(Collectors.groupingBy(Shard::phase, TreeMap::new, Collectors.counting()));
        String away = shards.stream()
                .filter(shard -> !shard.isConnected())
                .limit(8)
                .map(shard -> "#" + shard.number())
                .collect(Collectors.joining(" "));
        return phases.entrySet().stream()
                        .map(phase -> phase.getValue() + " " + phase.getKey())
                        .collect(Collectors.joining(", "))
                + (away.isEmpty() ? "" : "; away: " + away);
    }

    private String counts() {
        Reading told = reading;
        if (told == null) {
            return known("");
        }
        return known(figure(told.guilds(), "guild") + ", " + figure(told.users(), "user") + ", "
                + figure(told.attempts(), "attempt"));
    }

    private static String figure(@Nullable Long number, String thing) {
        return number == null ? thing + "s not told" : Words.count(number, thing);
    }

    /** What was told is only shown as it was while it is the present. */
    private String known(String words) {
        return current ? words : reading == null ? "unknown" : "unknown (was: " + words + ")";
    }

    private AttributedString line(String label, String words) {
        return new AttributedStringBuilder()
                .append(look.faint(label + " ".repeat(LABEL - label.length())))
                .append(current || label.equals("Now") ? look.plain(words) : look.faint(words))
                .toAttributedString();
    }
}
