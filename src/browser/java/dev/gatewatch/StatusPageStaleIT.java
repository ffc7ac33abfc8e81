package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the page says when its own service is gone: never what it does not know. */
@Tag("browser")
class StatusPageStaleIT {

    @Test
    void saysUnknownWhenTheServiceIsKilledAndRecoversWhenItIsBack() throws Exception {
        int port = RunningService.freePort();
        String simulator = Integer.toString(RunningService.freePort());
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
}
