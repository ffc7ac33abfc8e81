package dev.gatewatch.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/** The picture, character by character, at several sizes. */
class ScreenTest {

    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(65);
    private static final String HOSTILE = "closed \u001B[31mby\u0007 Discord";
    private static final String JSON = """
            {"status":"reconnecting","connection_attempts":2,"uptime_seconds":0,"recent_errors":3,"guilds":5,"users":1250,
             "latency":45.2,"timestamp":"2026-11-24T05:00:00Z",
             "last_error":{"time":"2026-11-24T04:59:30Z","kind":"closed","message":"closed by Discord with 4000"},
             "identify":{"remaining":950,"total":1000,"reserve":50,"reset_at":"2026-11-24T09:00:00Z"},
             "shards":[{"shard":0,"phase":"connected","attempts":0},
              {"shard":1,"phase":"reconnecting","attempts":2,"last_disconnect":{"time":"2026-11-24T04:59:30Z"},
               "next_attempt":{"recovery":"resume","at":"2026-11-24T05:00:04Z","reason":"the session can be resumed"}}]}
            """;

    private final MonitorState state = state();

    @Test
    void showsEverythingWhereThereIsRoom() {
        assertThat(shown(state, 100, 18, Glyphs.UTF_8)).isEqualTo("""
                ● DEGRADED reconnecting for 30 s; last error: closed by Discord with 4000
                http://localhost:5000 · live · heard 1 s ago
                Now       attempt 3 of shard 1, resume in 3 s: the session can be resumed
                Latency   45.2 ms  ▁▁▃█▅▂▃ 40-60 ms last hour
                Uptime    24h 99.98 %  7d 99.90 %  30d 99.99 %  90d 100.00 %
                Counts    5 guilds, 1,250 users, 2 attempts
                Errors    3 lately; in 24 h: closed 12; last: closed by Discord with 4000, 31 s ago
                Budget    ███████████████████░ 950 of 1,000 IDENTIFYs left, 50 in reserve, reset in 3 h 59 min
                Shards    1 connected, 1 reconnecting; away: #1
                ━━ Incidents (the last 1) ━━
                11-23 04:00  1 min 3 s  #1 name resolution, fault of network (high): discord.com is not known
                ━━ Events (all, 2) ━━
                04:59:30  #1 disconnected closed: code 4000, closed by Discord
                04:10:30  #1 resumed



                q quit · ? help · r refresh · ↑/↓ scroll · left/right filter · / search
                """);
    }

    @Test
    void cutsWhatIsTooLongAndDrawsWithAscii() {
        assertThat(shown(state, 60, 16, Glyphs.ASCII)).isEqualTo("""
                * DEGRADED reconnecting for 30 s; last error: closed by
                Discord with 4000
                http://localhost:5000 - live - heard 1 s ago
                Now       attempt 3 of shard 1, resume in 3 s: the session ~
                Latency   45.2 ms  __-@+.-
                Uptime    24h 99.98 %  7d 99.90 %  30d 99.99 %  90d 100.00 %
                Counts    5 guilds, 1,250 users, 2 attempts
                Errors    3 lately; in 24 h: closed 12; last: closed by Dis~
                Budget    950 of 1,000 IDENTIFYs left, 50 in reserve, reset~
                Shards    1 connected, 1 reconnecting; away: #1
                -- Incidents (the last 1) --
                11-23 04:00  1 min 3 s  #1 name resolution, fault of networ~
                -- Events (all, 2) --
                04:59:30  #1 disconnected closed: code 4000, closed by Disc~
                04:10:30  #1 resumed
                q quit - ? help - r refresh - up/down scroll - left/right f~
                """);
    }

    @Test
    void keepsTheStateWhereThereIsHardlyAnyRoom() {
        assertThat(shown(state, 24, 3, Glyphs.UTF_8)).isEqualTo("""
                ● DEGRADED reconnecting
                for 30 s; last error:
                closed by Discord with
                """);
        assertThat(shown(state, 10, 1, Glyphs.UTF_8)).isEqualTo("● DEGRADE…\n");
    }

    @Test
    void fitsEverySize() {
        for (int width = 1; width < 130; width += 3) {
            for (int height = 1; height < 40; height += 3) {
                List<AttributedString> lines =
                        Screen.of(state, View.START, width, height, NOW.plusSeconds(1), look(Glyphs.UTF_8, false));
                int most = width;
                assertThat(lines).hasSizeLessThanOrEqualTo(height).allSatisfy(line -> assertThat(line.columnLength())
                        .isLessThanOrEqualTo(most));
            }
        }
    }

    @Test
    void showsWhatIsStaleAsUnknownWithItsAge() {
        MonitorState lost = state.with(new Update.StreamLost(Update.Way.POLLING))
                .with(new Update.Failed(
                        new Trouble(Trouble.Kind.UNREACHABLE, "Nobody answers at http://localhost:5000."),
                        NOW.plusSeconds(10),
                        NOW.plusSeconds(12)));
        List<AttributedString> lines =
                Screen.of(lost, View.START, 90, 24, NOW.plusSeconds(10), look(Glyphs.UTF_8, false));

        assertThat(text(lines.subList(0, 9))).isEqualTo("""
                ● UNKNOWN Nobody answers at http://localhost:5000.
                http://localhost:5000 · no stream, asking every 30 s · heard 10 s ago · unreachable 1 tim…
                Now       try 2 in 2 s · last known: reconnecting, 10 s ago
                Latency   unknown (was: 45.2 ms)
                Uptime    unknown (was: 24h 99.98 %  7d 99.90 %  30d 99.99 %  90d 100.00 %)
                Counts    unknown (was: 5 guilds, 1,250 users, 2 attempts)
                Errors    unknown (was: 3 lately; in 24 h: closed 12; last: closed by Discord with 4000, …
                Budget    unknown (was: ███████████████████░ 950 of 1,000 IDENTIFYs left, 50 in reserve, …
                Shards    unknown
                """);
    }

    @Test
    void doesNotCallASilentServersLastWordThePresent() {
        assertThat(state.isCurrent(NOW.plus(PATIENCE), PATIENCE)).isTrue();
        Instant later = NOW.plus(PATIENCE).plusMillis(1);

        assertThat(state.isCurrent(later, PATIENCE)).isFalse();
        assertThat(state.judge(later, PATIENCE))
                .isEqualTo(new Judgement(Judgement.State.UNKNOWN, "nothing was told for 1 min 5 s"));
        assertThat(state.with(new Update.StreamBeat(later)).isCurrent(later, PATIENCE))
                .isTrue();
    }

    @Test
    void countsTheTimeSinceTheReading() throws Exception {
        MonitorState connected = MonitorState.START.with(new Update.StatusStreamed(
                reading("{\"status\":\"connected\",\"uptime_seconds\":3590,\"timestamp\":\"2026-11-24T05:00:00Z\"}"),
                NOW));

        assertThat(shown(connected, 80, 1, Glyphs.UTF_8)).isEqualTo("● CONNECTED for 59 min 51 s\n");
    }

    @Test
    void usesColourOnlyWhenItMay() {
        String colourful = ansi(look(Glyphs.UTF_8, true));
        String plain = ansi(look(Glyphs.UTF_8, false));

        assertThat(colourful).contains("\u001B[");
        assertThat(plain).doesNotContain("\u001B");
    }

    @Test
    void letsNobodySteerTheTerminal() throws Exception {
        PastEvent event = PastEvent.of(Fields.parse(
                "{\"id\":\"3\",\"time\":\"2026-11-24T05:59:59Z\",\"shard\":0,\"kind\":\"disconnected\",\"message\":\""
                        + HOSTILE.replace("\u001B", "\\u001b").replace("\u0007", "\\u0007") + "\"}"));

        assertThat(event.message()).isEqualTo("closed  [31mby  Discord");
    }

    private static String ansi(Look look) {
        return Screen.of(state(), View.START, 100, 20, NOW, look).stream()
                .map(AttributedString::toAnsi)
                .collect(Collectors.joining("\n"));
    }

    private static String shown(MonitorState state, int width, int height, Glyphs glyphs) {
        return text(Screen.of(state, View.START, width, height, NOW.plusSeconds(1), look(glyphs, false)));
    }

    private static String text(List<AttributedString> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static Look look(Glyphs glyphs, boolean color) {
        return new Look("http://localhost:5000", glyphs, color, ZoneOffset.UTC, Duration.ofSeconds(30), PATIENCE);
    }

    private static Reading reading(String json) throws Exception {
        return Reading.of(Fields.parse(json), json);
    }

    /** The server's clock is an hour behind ours. */
    private static MonitorState state() {
        Map<String, Double> uptime = new LinkedHashMap<>();
        uptime.put("24h", 99.987);
        uptime.put("7d", 99.9);
        uptime.put("30d", 99.99);
        uptime.put("90d", 100.0);
        PastIncident incident = new PastIncident(
                Instant.parse("2026-11-23T04:00:00Z"),
                1,
                Duration.ofSeconds(63),
                "name_resolution",
                "discord.com is not known",
                "network (high)");
        PastEvent loss = new PastEvent(
                "2",
                Instant.parse("2026-11-24T04:59:30Z"),
                1,
                "disconnected",
                "closed",
                "code 4000, closed by Discord");
        PastEvent resumed = new PastEvent("1", Instant.parse("2026-11-24T04:10:30Z"), 1, "resumed", null, "");
        Past past = new Past(
                List.of(incident),
                List.of(loss, resumed),
                Map.of("closed", 12L),
                uptime,
                List.of(40.0, 41.0, 45.0, 60.0, 52.0, 44.0, 45.2));
        try {
            return MonitorState.START
                    .with(new Update.StatusStreamed(reading(JSON), NOW))
                    .with(new Update.PastRead(past));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
