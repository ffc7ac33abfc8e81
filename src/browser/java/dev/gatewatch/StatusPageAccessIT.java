package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody can use the status page: axe-core finds nothing, and the keyboard reaches everything. */
@Tag("browser")
class StatusPageAccessIT {

    private static final List<String> STANDARDS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    @RegisterExtension
    static final DemoInBrowser DEMO = new DemoInBrowser();

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void hasNoViolationInEitherTheme(ColorScheme theme) {
        try (StatusTab tab = DEMO.open("/", theme, 1280, 900)) {
            tab.awaitState("ok");
            tab.at("[data-fault=invalid-session]").click();
            tab.await("#drill-log", "Back after");
            for (String details : List.of("#drill-all", "#days-table", "#latency-table", "#shards-table")) {
                tab.at(details + " > summary").click();
            }
            tab.at("#shards-table table").waitFor();
            tab.at("#bars").focus();
            tab.page().keyboard().press("Enter");
            tab.await("#day h3", "%");

            assertThat(violations(tab)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void hasNoViolationAsACardNorOnAPhone(ColorScheme theme) {
        try (StatusTab card = DEMO.open("/?embed", theme, 420, 320);
                StatusTab phone = DEMO.open("/", theme, 360, 740)) {
            card.awaitState("ok");
            phone.awaitState("ok");

            assertThat(violations(card)).isEmpty();
            assertThat(violations(phone)).isEmpty();
        }
    }

    @Test
    void reachesEveryControlInOrderByTabAlone() {
        try (StatusTab tab = DEMO.open("/", ColorScheme.LIGHT, 1280, 900)) {
            tab.awaitState("ok");
            tab.at("#events-list li").first().waitFor();
            tab.at("#drill-fault")
                    .waitFor(new com.microsoft.playwright.Locator.WaitForOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
            List<String> stops = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                tab.page().keyboard().press("Tab");
                stops.add((String) tab.page()
                        .evaluate("() => { const a = document.activeElement;"
                                + " return a.id || a.dataset.fault || a.closest('[id]')?.id || a.tagName; }"));
            }

            assertThat(stops.get(0)).as("the skip link").isEqualTo("A");
            assertThat(stops)
                    .containsSubsequence(
                            "close",
                            "drop",
                            "drill-all",
                            "bars",
                            "days-table",
                            "latency-controls",
                            "latency-table",
                            "shards-controls",
                            "shards-table",
                            "incidents-controls",
                            "events-controls");
        }
    }

    @Test
    void tellsAScreenReaderOfAnEdgeOnceAndNotOfEveryTick() {
        try (StatusTab tab = DEMO.open("/", ColorScheme.LIGHT, 1280, 900)) {
            tab.awaitState("ok");
            tab.page()
                    .evaluate(
                            "() => { window.told = []; new MutationObserver(() => window.told.push(["
                                    + "performance.now(), document.querySelector('#announcer').textContent]))"
                                    + ".observe(document.querySelector('#announcer'), { childList: true, characterData: true, subtree: true }); }");
            tab.at("[data-fault=refuse]").click();
            tab.awaitState("busy");
            tab.awaitState("ok");
            tab.page().waitForFunction("() => window.told.length >= 2 && /Connected/.test(window.told.at(-1)[1])");
            @SuppressWarnings("unchecked")
            List<List<Object>> told = (List<List<Object>>) tab.page().evaluate("window.told");

            for (int i = 1; i < told.size(); i++) {
                double pause = ((Number) told.get(i).get(0)).doubleValue()
                        - ((Number) told.get(i - 1).get(0)).doubleValue();
                assertThat(pause).as("announcements %s", told).isGreaterThan(5_000);
            }
            assertThat(tab.at("#sentence").getAttribute("aria-live")).isNull();
        }
    }

    private static List<String> violations(StatusTab tab) {
        return new AxeBuilder(tab.page())
                .withTags(STANDARDS).analyze().getViolations().stream()
                        .map(StatusPageAccessIT::describe)
                        .toList();
    }

    private static String describe(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }
}
