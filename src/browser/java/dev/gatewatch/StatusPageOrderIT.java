package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In which order the page asks: the state first, then the history, one section after the other, whatever the history costs. */
@Tag("browser")
class StatusPageOrderIT {

    private static final String STREAM = "**/discord-status/stream";
    private static final String HISTORY = "**/history/**";
    private static final String WHOLE = "() => [...document.querySelectorAll('.card-head .age')]"
            + ".every((age) => age.textContent.startsWith('read'))";

    @RegisterExtension
    static final DemoInBrowser DEMO = new DemoInBrowser();

    private final List<Route> held = new ArrayList<>();

    @Test
    void nothingOfTheHistoryIsAskedForBeforeTheStateIsKnown() {
        List<Route> stream = new ArrayList<>();
        try (StatusTab tab = open(page -> {
            page.route(STREAM, stream::add);
            page.route(HISTORY, held::add);
        })) {
            tab.page().waitForCondition(() -> !stream.isEmpty());
            tab.page()
                    .evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
            assertThat(held).isEmpty();

            stream.get(0).resume();
            tab.awaitState("ok");
            tab.page().waitForCondition(() -> !held.isEmpty());
            held.forEach(Route::resume);
        }
    }

    @Test
    void theStateIsShownWhileTheHistoryDoesNotAnswerAndSectionsLoadOneAfterTheOther() {
        try (StatusTab tab = open(page -> page.route(HISTORY, held::add))) {
            tab.awaitState("ok");
            List<String> asked = new ArrayList<>();
            while (!asked.contains("/history/events")) {
                tab.page().waitForCondition(() -> !held.isEmpty());
                assertThat(held).as("one question at a time").hasSize(1);
                Route next = held.remove(0);
                String question = URI.create(next.request().url()).getPath() + section(next);
                if (!asked.contains(question)) { // samples are asked for by the hour where there is no minute yet
                    asked.add(question);
                }
                next.resume();
            }

            assertThat(asked)
                    .containsExactly(
                            "/history/availability days",
                            "/history/uptime",
                            "/history/samples",
                            "/history/availability",
                            "/history/incidents",
                            "/history/events");
            tab.page().unroute(HISTORY);
            tab.page().waitForFunction(WHOLE);
        }
    }

    private static String section(Route route) {
        return route.request().url().contains("step=1d") ? " days" : "";
    }

    private static StatusTab open(Consumer<Page> preparation) {
        return StatusTab.open(DEMO.browser(), DEMO.address("/"), ColorScheme.LIGHT, 1280, 900, preparation);
    }
}
