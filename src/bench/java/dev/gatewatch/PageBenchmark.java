package dev.gatewatch;

import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How soon the status page shows what it is for, and how fluid it is, with a year of history of 64 shards. */
final class PageBenchmark implements Benchmark {

    private static final int RUNS = 3;

    private static final String WATCH = "window.frames = []; window.tasks = [];"
            + " document.addEventListener('DOMContentLoaded', () => { const hero = document.querySelector('#hero');"
            + " const know = () => { if (hero.dataset.state === 'ok') window.knownAt ??= performance.now(); }; know();"
            + " new MutationObserver(know).observe(hero, { attributes: true }); });"
            + " new PerformanceObserver((l) => l.getEntries().forEach((e) => window.tasks.push(e.duration)))"
            + ".observe({ type: 'longtask', buffered: true });"
            + " let last = performance.now(); const frame = (now) => { window.frames.push(now - last); last = now;"
            + " requestAnimationFrame(frame); }; requestAnimationFrame(frame);";

    private static final String PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime";
    private static final String SENT =
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                    + ".reduce((sum, entry) => sum + entry.transferSize, 0) / 1e3";

    @Override
    public String name() {
        return "page";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        if (!Chromium.isThere()) {
            throw new NotMeasurableException("there is no Chromium: apt-get install chromium, or set CHROMIUM");
        }
        List<Look> looks = new ArrayList<>();
        try (YearInBrowser year = YearInBrowser.start()) {
            for (int run = 0; run < options.runsOr(RUNS); run++) {
                looks.add(look(year));
            }
        }
        return new Findings.Report()
                .head("a year, " + YearInBrowser.SHARDS + " shards", "median (least–worst)")
                .row("first paint, ms", cell(looks, Look::painted))
                .row("the state, ms", cell(looks, Look::known))
                .row("all of the history, ms", cell(looks, Look::whole))
                .row("sent, kB", cell(looks, Look::kilobytes))
                .row("a frame while in use, median, ms", cell(looks, look -> look.frame(0.5)))
                .row("a frame while in use, 95th percentile, ms", cell(looks, look -> look.frame(0.95)))
                .row("longest task, ms", cell(looks, Look::longestTask))
                .row("heap of the scripts, MB", cell(looks, Look::heap))
                .words(
                        "Service, simulator and browser share the machine. Nothing fails the build: the order of what appears is"
                                + " `StatusPageYearIT`'s and `StatusPageOrderIT`'s.")
                .findings();
    }

    private static Look look(YearInBrowser year) {
        try (StatusTab tab = year.open(ColorScheme.DARK, 1440, 1000, page -> page.addInitScript(WATCH))) {
            tab.awaitState("ok");
            YearInBrowser.awaitWholeHistory(tab);
            double whole = number(tab, "performance.now()");
            double kilobytes = number(tab, SENT);
            tab.page().evaluate("window.frames = []");
            YearInBrowser.use(tab);
            return new Look(
                    number(tab, PAINTED),
                    number(tab, "window.knownAt"),
                    whole,
                    kilobytes,
                    numbers(tab, "window.frames"),
                    numbers(tab, "window.tasks"),
                    number(tab, "performance.memory ? performance.memory.usedJSHeapSize / 1e6 : 0"));
        }
    }

    private static String cell(List<Look> looks, ToDoubleFunction<Look> figure) {
        return Spread.of(looks.stream().mapToDouble(figure).boxed().toList()).words("%.0f");
    }

    private static double number(StatusTab tab, String script) {
        return ((Number) tab.page().evaluate(script)).doubleValue();
    }

    @SuppressWarnings("unchecked")
    private static List<Double> numbers(StatusTab tab, String script) {
        return ((List<Number>) tab.page().evaluate(script))
                .stream().map(Number::doubleValue).sorted().toList();
    }

    /** One visit; milliseconds, and the frames and tasks in ascending order. */
    private record Look(
            double painted,
            double known,
            double whole,
            double kilobytes,
            List<Double> frames,
            List<Double> tasks,
            double heap) {

        double frame(double share) {
            return frames.get((int) (frames.size() * share));
        }

        double longestTask() {
            return tasks.isEmpty() ? 0 : tasks.get(tasks.size() - 1);
        }
    }
}
