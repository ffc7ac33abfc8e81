package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
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
    private static final int GUILDS = 640;
    private static final int USERS = 128_000;

    /** Generous: the figures are for the README, these bounds only tell fluid from frozen, on a busy machine too. */
    private static final double FROZEN_MILLIS = 3_000;

    private static final String WATCH = "window.frames = []; window.tasks = [];"
            + " const hero = document.querySelector('#hero'); const know = () => { if (hero.dataset.state === 'ok')"
            + " window.knownAt ??= performance.now(); }; know();"
            + " new MutationObserver(know).observe(hero, { attributes: true });"
            + " new PerformanceObserver((l) => l.getEntries().forEach((e) => window.tasks.push(e.duration)))"
            + ".observe({ type: 'longtask', buffered: true });"
            + " let last = performance.now(); const frame = (now) => { window.frames.push(now - last); last = now;"
            + " requestAnimationFrame(frame); }; requestAnimationFrame(frame);";

    @Test
    void staysFluidWithAYearOfHistoryAnd64Shards() throws Exception {
        Path data = Files.createTempDirectory("gatewatch");
        try (Simulator simulator =
                Simulator.start(SimulatorOptions.defaults().withPort(0).withGuilds(GUILDS, USERS))) {
            simulator.faults().inject("max-concurrency", Map.of("value", SHARDS));
            Map<String, String> settings = Map.of(
                    "GATEWATCH_DATA_DIR", data.toString(),
                    "DISCORD_SHARD_COUNT", Integer.toString(SHARDS));
            try (RunningService first = RunningService.startAgainst(simulator, settings)) {
                first.await(status -> status.path("shards").size() == SHARDS); // the schema is there
                first.terminate();
            }
            YearOnDisk.fill(data, SHARDS, Instant.now());
            try (Chromium chromium = Chromium.start();
                    RunningService service = RunningService.startAgainst(simulator, settings)) {
                service.awaitConnected();
                measure(chromium, service);
                picture(chromium, service);
            }
        }
    }

    private static void measure(Chromium chromium, RunningService service) {
        try (StatusTab tab = StatusTab.open(chromium.browser(), service.address("/"), ColorScheme.DARK, 1440, 1000)) {
            tab.page().evaluate(WATCH);
            tab.awaitState("ok");
            awaitWholeHistory(tab);
            double ready = number(tab, "performance.now()");
            double kilobytes = number(
                    tab,
                    "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                            + ".reduce((sum, entry) => sum + entry.transferSize, 0) / 1e3");
            System.out.printf(
                    "browser: a year, %d shards: first paint after %.0f ms, the state after %.0f ms, everything after %.0f ms; %.0f kB were sent%n",
                    SHARDS,
                    number(tab, "performance.getEntriesByName('first-contentful-paint')[0].startTime"),
                    number(tab, "window.knownAt"),
                    ready,
                    kilobytes);
            use(tab);
            List<Double> frames = numbers(tab, "window.frames");
            List<Double> tasks = numbers(tab, "window.tasks");
            double heap = number(tab, "performance.memory ? performance.memory.usedJSHeapSize / 1e6 : 0");
            double longest =
                    tasks.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            System.out.printf(
                    "browser: frames while in use: median %.0f ms, p95 %.0f ms; longest task %.0f ms; script heap %.0f MB; %d events in the list%n",
                    frames.get(frames.size() / 2),
                    frames.get(frames.size() * 95 / 100),
                    longest,
                    heap,
                    tab.at("#events-list li").count());
            tab.shoot("year-64-shards-dark", true);

            assertThat(tab.at("#strip .bar[data-grade]:not([data-grade=none])").count())
                    .isGreaterThan(80);
            assertThat(longest).as("the longest task").isLessThan(FROZEN_MILLIS);
            assertThat(frames.get(frames.size() / 2)).as("the median frame").isLessThan(200);
            tab.assertWellBehaved();
        }
    }

    private static void awaitWholeHistory(StatusTab tab) {
        tab.page()
                .waitForFunction("() => [...document.querySelectorAll('.card-head .age')]"
                        + ".every((age) => age.textContent.startsWith('read'))");
    }

    /** The picture of the README; {@code -Dpicture=src/site/status-page.png} makes it anew. */
    private static void picture(Chromium chromium, RunningService service) {
        try (StatusTab tab = StatusTab.open(chromium.browser(), service.address("/"), ColorScheme.LIGHT, 1280, 1240)) {
            tab.awaitState("ok");
            tab.at("#latency-plot canvas").waitFor();
            awaitWholeHistory(tab);
            tab.shoot(Path.of(System.getProperty("picture", "target/screenshots/status-page.png")), false);
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
