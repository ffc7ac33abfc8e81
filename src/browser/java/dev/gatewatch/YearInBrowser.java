package dev.gatewatch;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A running service with a year of history of many shards, and a browser to look at it. */
final class YearInBrowser implements AutoCloseable {

    static final int SHARDS = 64;

    private static final int GUILDS = 640;
    private static final int USERS = 128_000;

    private final Simulator simulator;
    private final RunningService service;
    private final Chromium chromium;

    private YearInBrowser(Simulator simulator, RunningService service, Chromium chromium) {
        this.simulator = simulator;
        this.service = service;
        this.chromium = chromium;
    }

    static YearInBrowser start() throws Exception {
        Chromium chromium = Chromium.start();
        Path data = Files.createTempDirectory("gatewatch");
        Simulator simulator =
                Simulator.start(SimulatorOptions.defaults().withPort(0).withGuilds(GUILDS, USERS));
        simulator.faults().inject("max-concurrency", Map.of("value", SHARDS));
        Map<String, String> settings =
                Map.of("GATEWATCH_DATA_DIR", data.toString(), "DISCORD_SHARD_COUNT", Integer.toString(SHARDS));
        try (RunningService first = RunningService.startAgainst(simulator, settings)) {
            first.await(status -> status.path("shards").size() == SHARDS); // the schema is there
            first.terminate();
        }
        YearOnDisk.fill(data, SHARDS, Instant.now());
        RunningService service = RunningService.startAgainst(simulator, settings);
        service.awaitConnected();
        return new YearInBrowser(simulator, service, chromium);
    }

    StatusTab open(ColorScheme theme, int width, int height, Consumer<Page> preparation) {
        return StatusTab.open(chromium.browser(), service.address("/"), theme, width, height, preparation);
    }

    static void awaitWholeHistory(StatusTab tab) {
        tab.page()
                .waitForFunction("() => [...document.querySelectorAll('.card-head .age')]"
                        + ".every((age) => age.textContent.startsWith('read'))");
    }

    /** What a reader does: moves over the charts, zooms, changes ranges, pages, scrolls. */
    static void use(StatusTab tab) {
        for (String range : List.of("7 d", "90 d", "1 year")) {
            tab.at("#latency-controls >> text='" + range + "'").click();
            sweep(tab, "#latency-plot .u-over");
        }
        for (String range : List.of("24 h", "30 d", "90 d")) {
            tab.at("#shards-controls >> text='" + range + "'").click();
            sweep(tab, "#shards-plot .u-over");
        }
        sweep(tab, "#bars");
        for (int i = 0; i < 5; i++) {
            tab.at("#events-pager button").click();
            tab.page().mouse().wheel(0, 400);
        }
    }

    private static void sweep(StatusTab tab, String selector) {
        tab.at(selector).scrollIntoViewIfNeeded();
        var box = tab.at(selector).boundingBox();
        for (int i = 1; i < 40; i++) {
            tab.page().mouse().move(box.x + box.width * i / 40, box.y + box.height * (i % 10) / 10);
        }
    }

    @Override
    public void close() throws IOException {
        chromium.close();
        service.close();
        simulator.close();
    }
}
