package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page with a year of history and 64 shards. How long it takes is told by the benchmark: {@code -Pbench -Dbench=page}. */
@Tag("browser")
class StatusPageYearIT {

    /** Notes in which order the state and the parts of the history appear. */
    private static final String WATCH = "window.order = []; document.addEventListener('DOMContentLoaded', () => {"
            + " const once = (name, node, shown) => { const look = () => { if (shown() && !window.order.includes(name))"
            + " window.order.push(name); }; look(); new MutationObserver(look).observe(node,"
            + " { attributes: true, childList: true, characterData: true, subtree: true }); };"
            + " const hero = document.querySelector('#hero'); once('state', hero, () => hero.dataset.state === 'ok');"
            + " document.querySelectorAll('.card-head .age').forEach((age, i) =>"
            + " once(`section ${i}`, age, () => age.textContent.startsWith('read'))); });";

    private static YearInBrowser year;

    @BeforeAll
    static void start() throws Exception {
        year = YearInBrowser.start();
    }

    @AfterAll
    static void end() throws Exception {
        if (year != null) {
            year.close();
        }
    }

    @Test
    void theStateComesFirstAndThenAllOfTheYear() {
        try (StatusTab tab = year.open(ColorScheme.DARK, 1440, 1000, page -> page.addInitScript(WATCH))) {
            tab.awaitState("ok");
            YearInBrowser.awaitWholeHistory(tab);

            assertThat(order(tab)).first().isEqualTo("state");
            assertThat(order(tab)).hasSizeGreaterThan(4);
            assertThat(tab.at("#strip .bar[data-grade]:not([data-grade=none])").count())
                    .isGreaterThan(80);
            YearInBrowser.use(tab);
            tab.shoot("year-64-shards-dark", true);
            tab.assertWellBehaved();
        }
    }

    /** The picture of the README; {@code -Dpicture=src/site/status-page.png} makes it anew. */
    @Test
    void isPictured() {
        try (StatusTab tab = year.open(ColorScheme.LIGHT, 1280, 1240, page -> {})) {
            tab.awaitState("ok");
            tab.at("#latency-plot canvas").waitFor();
            YearInBrowser.awaitWholeHistory(tab);
            tab.shoot(Path.of(System.getProperty("picture", "target/screenshots/status-page.png")), false);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> order(StatusTab tab) {
        return (List<String>) tab.page().evaluate("window.order");
    }
}
