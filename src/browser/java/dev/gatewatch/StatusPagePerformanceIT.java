package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page stays fluid with a year of history and 64 shards; prints the figures of the README. */
@Tag("browser")
@SuppressWarnings("SystemOut") // printing the figures is what it is for
class StatusPagePerformanceIT {

    private static final int SHARDS = 64;

    /** Generous: the figures are for the README, these bounds only tell fluid from frozen, on a busy machine too. */
    private static final double FROZEN_MILLIS = 3_000;

    private static final String WATCH = "window.frames = []; window.tasks = [];"
            + " new PerformanceObserver((l) => l.getEntries().forEach((e) => window.tasks.push(e.duration)))"
            + ".observe({ type: 'longtask', buffered: true });"
            + " let last = performance.now(); const frame = (now) => { window.frames.push(now - last); last = now;"
            + " requestAnimationFrame(frame); }; requestAnimationFrame(frame);";

    @Test
    void staysFluidWithAYearOfHistoryAnd64Shards() throws Exception {
        Path data = Files.createTempDirectory("gatewatch");
        Map<String, String> settings =
                Map.of("GATEWATCH_DATA_DIR", data.toString(), "DISCORD_SHARD_COUNT", Integer.toString(SHARDS));
        String simulator = Integer.toString(RunningService.freePort());
        try (RunningService first = RunningService.start(settings, "demo", "--scenario", "calm", "--port", simulator)) {
            first.await(status -> status.path("shards").size() == SHARDS); // the schema is there
            first.terminate();
        }
        YearOnDisk.fill(data, SHARDS, Instant.now());
        try (Chromium chromium = Chromium.start();
                RunningService demo =
                        RunningService.start(settings, "demo", "--scenario", "calm", "--port", simulator)) {
            demo.await(status -> status.path("shards").size() == SHARDS);
            try (StatusTab tab = StatusTab.open(chromium.browser(), demo.address("/"), ColorScheme.DARK, 1440, 1000)) {
                tab.page().evaluate(WATCH);
                tab.page()
                        .waitForFunction("() => [...document.querySelectorAll('.card-head .age')]"
                                + ".every((age) => age.textContent.startsWith('read'))");
                double ready = number(tab, "performance.now()");
                use(tab);
                List<Double> frames = numbers(tab, "window.frames");
                List<Double> tasks = numbers(tab, "window.tasks");
                double heap = number(tab, "performance.memory ? performance.memory.usedJSHeapSize / 1e6 : 0");
                double longest =
                        tasks.stream().mapToDouble(Double::doubleValue).max().orElse(0);
                System.out.printf(
                        "browser: a year, %d shards: everything shown after %.0f ms; frames while in use: median %.0f ms, p95 %.0f ms;"
                                + " longest task %.0f ms; script heap %.0f MB; %d events in the list%n",
                        SHARDS,
                        ready,
                        frames.get(frames.size() / 2),
                        frames.get(frames.size() * 95 / 100),
                        longest,
                        heap,
                        tab.at("#events-list li").count());
                tab.shoot("year-64-shards-dark", true);

                assertThat(tab.at("#strip .bar[data-grade]:not([data-grade=none])")
                                .count())
                        .isGreaterThan(80);
                assertThat(longest).as("the longest task").isLessThan(FROZEN_MILLIS);
                assertThat(frames.get(frames.size() / 2)).as("the median frame").isLessThan(200);
                tab.assertWellBehaved();
            }
        }
    }

    /** What a reader does: moves over the charts, zooms, changes ranges, pages, scrolls. */
    private static void use(StatusTab tab) {
        tab.page().evaluate("window.frames = []");
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

    private static double number(StatusTab tab, String script) {
        return ((Number) tab.page().evaluate(script)).doubleValue();
    }

    @SuppressWarnings("unchecked")
    private static List<Double> numbers(StatusTab tab, String script) {
        return ((List<Number>) tab.page().evaluate(script))
                .stream().map(Number::doubleValue).sorted().toList();
    }
}
