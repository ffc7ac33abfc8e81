package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page's words for each state: its pure modules, as they are, in a real browser. */
@Tag("browser")
class SentenceIT {

    private static final String NOW = "2026-11-24T14:10:00Z";

    private static ModulePage modules;
    private static Page page;

    @BeforeAll
    static void load() {
        modules = ModulePage.open();
        page = modules.page();
        page.evaluate(
                "async () => { window.words = await import('/words.js'); window.told = await import('/sentence.js');"
                        + " window.stream = await import('/stream.js'); }");
    }

    @AfterAll
    static void close() {
        if (modules != null) {
            modules.close();
        }
    }

    @Test
    void tellsAConnectedBotsLastBlip() {
        assertThat(sentence("connected", 11_520, shard(0, "connected", "14:02:00.080", 11_520, "14:02:00.000")))
                .isEqualTo("Connected for 3 h 12 min. Last blip 14:02, resumed in 80 ms, nothing lost.");
        assertThat(sentence("connected", 470, shard(0, "connected", "14:02:10.000", 470, "14:02:00.000")))
                .isEqualTo("Connected for 7 min 50 s. Last interruption 14:02: a new session after 10 s,"
                        + " events in between are lost.");
        assertThat(sentence("connected", 60, shard(0, "connected", "14:09:00.000", 60, null)))
                .isEqualTo("Connected for 1 min. No interruption since.");
    }

    @Test
    void tellsOfManyShardsWhichOneIsAway() {
        String away = shard(1, "resuming", "14:09:56.000", 700, "14:09:56.000")
                .replace(
                        "\"next_attempt\":null",
                        "\"next_attempt\":{\"recovery\":\"resume\",\"at\":\"2026-11-24T14:10:04Z\",\"in_seconds\":4,\"reason\":\"x\"}");

        assertThat(sentence("resuming", 0, shard(0, "connected", "14:00:00.000", 600, null) + "," + away))
                .isEqualTo("1 of 2 shards connected. Attempt 3 resumes in 4 s.");
        assertThat(sentence("resuming", 0, away))
                .isEqualTo(
                        "Connection lost 14:09, 4 s ago: Closed with 4000 (Unknown error). Attempt 3 resumes in 4 s.");
        assertThat(sentence(
                        "connected",
                        600,
                        shard(0, "connected", "14:00:00.000", 600, null) + ","
                                + shard(1, "connected", "14:00:00.000", 600, null)))
                .startsWith("All 2 shards connected for 10 min.");
    }

    @Test
    void namesNoCallOfTheOperatingSystem() {
        String reset = shard(0, "resuming", "14:09:56.000", 700, "14:09:56.000")
                .replace(
                        "Closed with 4000 (Unknown error)",
                        "The connection was lost: recvAddress(..) failed with error(-104): Connection reset by peer");

        assertThat(sentence("resuming", 0, reset))
                .startsWith(
                        "Connection lost 14:09, 4 s ago: The connection was lost: Connection reset by peer. Attempt 3");
    }

    @Test
    void tellsAStoppedBotsRemedy() {
        String stopped = shard(0, "stopped", "14:05:00.000", 0, "14:05:00.000")
                .replace(
                        "\"stopped\":null",
                        "\"stopped\":{\"reason\":\"Discord refused the token\",\"remedy\":\"Set a new one.\"}");

        assertThat(sentence("stopped", 0, stopped))
                .isEqualTo("Stopped since 14:05. Discord refused the token. Set a new one.");
    }

    @Test
    void neverCallsAnOldReadingByItsName() {
        String status = status("connected", 60, shard(0, "connected", "14:09:00.000", 60, null));
        String told = (String)
                page.evaluate("(s) => Object.values(told.sentence(JSON.parse(s), 0, 12_000)).join(' | ')", status);

        assertThat(told)
                .isEqualTo("unknown | Unknown | No word from Gatewatch for 12 s. Last heard: connected."
                        + " | No word from Gatewatch. Last heard: connected.");
        assertThat((String) page.evaluate("told.sentence(null, 0, 500).state")).isEqualTo("unknown");
    }

    @Test
    void announcesNothingThatTicks() {
        String away = shard(0, "resuming", "14:09:56.000", 700, "14:09:56.000")
                .replace(
                        "\"next_attempt\":null",
                        "\"next_attempt\":{\"recovery\":\"resume\",\"at\":\"2026-11-24T14:10:04Z\",\"in_seconds\":4,\"reason\":\"x\"}");

        assertThat((String) page.evaluate(
                        "(s) => [0, 1_000, 2_000].map((ms) => told.sentence(JSON.parse(s), Date.parse('" + NOW
                                + "') + ms).gist).join(' | ')",
                        status("resuming", 0, away)))
                .isEqualTo("Resuming. Closed with 4000 (Unknown error). | Resuming. Closed with 4000 (Unknown error)."
                        + " | Resuming. Closed with 4000 (Unknown error).");
    }

    @Test
    void roundsNeverUpToAllIsWell() {
        assertThat((String) page.evaluate("words.percent(99.9999)")).isEqualTo("99.999 %");
        assertThat((String) page.evaluate("words.percent(100)")).isEqualTo("100 %");
        assertThat((String) page.evaluate("words.percent(null)")).isEqualTo("unknown");
        assertThat((String) page.evaluate("words.stateOf('a phase of tomorrow')"))
                .isEqualTo("unknown");
        assertThat((String) page.evaluate(
                        "[80, 4_200, 59_999, 125_000, 11_520_000, 97_200_000].map(words.duration).join(', ')"))
                .isEqualTo("80 ms, 4.2 s, 1 min, 2 min 5 s, 3 h 12 min, 1 d 3 h");
    }

    @Test
    void readsAnEventStreamHoweverItIsCut() {
        String stream =
                "retry: 2000\n\n: heartbeat\n\nevent: status\ndata: {\"a\":1}\n\nid: 01X\nevent: fact\r\ndata: {\ndata: }\r\n\r\n";
        String whole = (String) page.evaluate(cut(1_000), stream);

        assertThat(whole).isEqualTo("comment heartbeat null|status {\"a\":1} null|fact {\n} 01X");
        for (int size = 1; size < 12; size++) {
            assertThat((String) page.evaluate(cut(size), stream))
                    .as("in pieces of %d", size)
                    .isEqualTo(whole);
        }
    }

    private static String cut(int size) {
        return "(text) => { const seen = []; const feed = stream.parser((e) => seen.push(`${e.kind} ${e.data} ${e.id}`));"
                + " for (let i = 0; i < text.length; i += " + size + ") feed(text.slice(i, i + " + size + "));"
                + " return seen.join('|'); }";
    }

    private static String sentence(String phase, long uptime, String shards) {
        return (String) page.evaluate(
                "(s) => told.sentence(JSON.parse(s), Date.parse('" + NOW + "')).text", status(phase, uptime, shards));
    }

    private static String status(String phase, long uptime, String shards) {
        return "{\"status\":\"" + phase + "\",\"uptime_seconds\":" + uptime + ",\"timestamp\":\"" + NOW
                + "\",\"shards\":[" + shards + "]}";
    }

    private static String shard(int index, String phase, String since, long sessionAge, String lost) {
        String disconnect = lost == null
                ? "null"
                : "{\"time\":\"2026-11-24T" + lost + "Z\",\"reason\":\"Closed with 4000 (Unknown error)\"}";
        return "{\"shard\":" + index + ",\"phase\":\"" + phase + "\",\"phase_since\":\"2026-11-24T" + since
                + "Z\",\"session_age_seconds\":" + sessionAge + ",\"attempts\":" + ("connected".equals(phase) ? 0 : 3)
                + ",\"next_attempt\":null,\"last_disconnect\":" + disconnect + ",\"last_error\":null,\"stopped\":null}";
    }
}
