package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the page says when its own service is gone: never what it does not know. */
@Tag("browser")
class StatusPageStaleIT {

    @Test
    void saysUnknownWhenTheServiceIsKilledAndRecoversWhenItIsBack() throws Exception {
        int port = FreePort.find();
        String simulator = Integer.toString(FreePort.find());
        Map<String, String> settings = Map.of(
                "GATEWATCH_DATA_DIR", Files.createTempDirectory("gatewatch").toString());
        try (Chromium chromium = Chromium.start()) {
            StatusTab tab;
            try (RunningService first =
                    RunningService.startOn(port, settings, "demo", "--scenario", "calm", "--port", simulator)) {
                first.awaitConnected();
                tab = StatusTab.open(chromium.browser(), first.address("/"), ColorScheme.LIGHT, 1280, 900);
                tab.awaitState("ok");
                tab.await("[data-tile=guilds] .value", "5");
                tab.await("#latency .age", "read");
            } // kill -9

            tab.awaitState("unknown");
            assertThat(tab.await("#sentence", "No word from Gatewatch")).contains("Last heard: connected");
            assertThat(tab.at("#word").innerText()).isEqualTo("Unknown");
            assertThat(tab.at(".readings .tile .value").allInnerTexts()).containsOnly("unknown");
            assertThat(tab.await("[data-tile=guilds] .hint", "last known")).contains("5");
            assertThat(tab.await("#activities", "Unknown")).doesNotContain("Holding");
            tab.await("#feed", "No connection to Gatewatch");
            assertThat((String) tab.page().evaluate("getComputedStyle(document.querySelector('#bars')).filter"))
                    .contains("grayscale(1)");
            assertThat(tab.page().title()).startsWith("Unknown");
            tab.page()
                    .waitForFunction(
                            "() => /unknown, last read/.test(document.querySelector('#latency .age').textContent)");
            tab.shoot("unknown-light", true);

            try (RunningService second =
                    RunningService.startOn(port, settings, "demo", "--scenario", "calm", "--port", simulator)) {
                second.awaitConnected();
                tab.awaitState("ok");
                tab.await("#feed", "Live|Asking");
                assertThat(tab.await("[data-tile=guilds] .value", "\\d")).isEqualTo("5");
                tab.await("#events-list", "Supervision started");
            }
        }
    }

    @Test
    void asksForTheReadTokenAndKeepsItInTheTab() throws Exception {
        String simulator = Integer.toString(FreePort.find());
        try (Chromium chromium = Chromium.start();
                RunningService demo = RunningService.start(
                        Map.of("GATEWATCH_READ_TOKEN", "let me in"),
                        "demo",
                        "--scenario",
                        "calm",
                        "--port",
                        simulator);
                StatusTab tab = StatusTab.open(chromium.browser(), awaited(demo), ColorScheme.DARK, 1280, 900)) {
            tab.at("#ask").waitFor();
            assertThat(tab.at("#word").innerText()).isEqualTo("Unknown");
            tab.at("#ask-token").fill("wrong");
            tab.page().keyboard().press("Enter");
            tab.await("#ask-why", "not the right one");
            tab.at("#ask-token").fill("let me in");
            tab.page().keyboard().press("Enter");

            tab.awaitState("ok");
            tab.await("#feed", "Live");
            tab.await("#events-list", "Connected with a new session");
            tab.page().reload();
            tab.awaitState("ok");
            assertThat(tab.at("#ask").isVisible()).isFalse();
        }
    }

    /** The page's address, once it is served. */
    private static URI awaited(RunningService service) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> service.status("/health") == 200);
        return service.address("/");
    }
}
