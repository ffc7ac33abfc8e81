package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The status page of the packaged demo, in a real browser. */
@Tag("browser")
@SuppressWarnings("SystemOut") // the measured times are for people
class StatusPageIT {

    private static final int MOST_STRIKES = 5;

    @RegisterExtension
    static final DemoInBrowser DEMO = new DemoInBrowser();

    @Test
    void saysInOneSentenceHowItStands() {
        try (StatusTab tab = open("/", ColorScheme.LIGHT)) {
            tab.awaitState("ok");

            assertThat(tab.await("#sentence", "Connected for")).matches("Connected for [^.]+( s| min| h)\\.\\s.+\\.");
            assertThat(tab.await("[data-tile=guilds] .value", "\\d")).isEqualTo("5");
            assertThat(tab.await("[data-tile=users] .value", "\\d")).isEqualTo("1,250");
            assertThat(tab.await("[data-tile=budget] .value", "of")).matches("\\d+ of 1,000|1,000 of 1,000");
            assertThat(tab.at(".tile .age").allInnerTexts()).allMatch(age -> age.matches("just now|.+ ago|watched.*"));
            assertThat(tab.await("#activities", "Holding the connection")).contains("heartbeat");
            tab.await("#feed", "Live|Asking");
            tab.assertWellBehaved();
        }
    }

    @Test
    void showsAFaultWithinASecond() {
        double best = Double.MAX_VALUE;
        for (int strike = 1;
                strike <= MOST_STRIKES && best >= 1_000;
                strike++) { // the machine may be busy with something else
            best = Math.min(best, strikeAndHeal());
        }

        assertThat(best)
                .as("milliseconds from the click to the loss on the page")
                .isLessThan(1_000);
    }

    private static double strikeAndHeal() {
        try (StatusTab tab = open("/", ColorScheme.LIGHT)) {
            tab.awaitState("ok");
            tab.page()
                    .evaluate("() => { window.seen = []; new MutationObserver(() => {"
                            + " const log = document.querySelector('#drill-log');"
                            + " if (/Connection lost/.test(log.textContent)) window.lostAt ??= performance.now();"
                            + " if (/Back after/.test(log.textContent)) window.backAt ??= performance.now();"
                            + "}).observe(document.querySelector('#drill-log'), { childList: true, subtree: true });"
                            + " document.querySelector('[data-fault=close]').addEventListener('click',"
                            + " () => { window.struckAt = performance.now(); }, true); }");
            tab.at("[data-fault=close]").click();
            tab.await("#drill-log", "Back after [^,]+, nothing lost");
            System.out.printf(
                    "browser: the page showed the fault after %.0f ms and the healing after %.0f ms%n",
                    millis(tab, "lostAt"), millis(tab, "backAt"));
            return millis(tab, "lostAt");
        }
    }

    @Test
    void showsTheHealingStepByStep() {
        try (StatusTab tab = open("/", ColorScheme.LIGHT)) {
            tab.awaitState("ok");
            tab.at("[data-fault=close]").click();
            tab.await("#drill-log", "Back after [^,]+, nothing lost");
            List<String> steps = tab.at("#drill-log li").allInnerTexts();

            assertThat(steps.get(0)).contains("Close with 4000 struck");
            assertThat(steps)
                    .filteredOn(step -> step.contains("Connection lost"))
                    .singleElement()
                    .asString()
                    .contains("4000 (Unknown error)");
            assertThat(indexOf(steps, "Connection lost"))
                    .isLessThan(indexOf(steps, "Attempt 1"))
                    .isPositive();
            assertThat(indexOf(steps, "Attempt 1")).isLessThan(indexOf(steps, "Resumed"));
            tab.await("#sentence", "Last blip .+, resumed in .+, nothing lost");
            tab.await("#events-list", "Connection lost: Closed with 4000");
            tab.assertWellBehaved();
        }
    }

    @Test
    void saysWhatStoppedTheBotForGoodAndHowItComesBack() {
        try (StatusTab tab = open("/", ColorScheme.LIGHT)) {
            tab.awaitState("ok");
            assertThat(tab.at("#drill-restore").isVisible()).isFalse();
            tab.at("[data-fault=token-revoked]").click();

            tab.awaitState("down");
            assertThat(tab.await("#sentence", "Stopped since")).contains("token");
            tab.await("#drill-log", "a person must act");
            tab.shoot("stopped-light", false);
            tab.at("#drill-restore").click();
            tab.awaitState("ok");
            tab.await("#drill-log", "Back after .+, with a new session");
            tab.at("#drill-restore").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
            assertThat(DEMO.get("/demo/faults").path("active")).isEmpty();
            tab.assertWellBehaved();
        }
    }

    @Test
    void countsDownAnOutageAndListsItAsAnIncidentWithEvidence() {
        try (StatusTab tab = open("/", ColorScheme.DARK)) {
            tab.awaitState("ok");
            JsonNode before = DEMO.get("/history/incidents");
            tab.at("[data-fault=refuse]").click();

            tab.awaitState("busy");
            assertThat(tab.await("#sentence", "Connection lost")).containsPattern("(ago|just now): ");
            tab.await("#activities .what", "[Aa]ttempt \\d+ .*(next try in \\d+ s|due|under way)");
            tab.shoot("outage-dark", false);
            tab.awaitState("ok");
            Locator first = tab.at("#incidents-list .incident").first();
            first.locator("summary").click();
            String incident = tab.await(
                    "#incidents-list .incident", "Timeline[\\s\\S]*Connection lost[\\s\\S]*(Resumed|Connected)");

            assertThat(DEMO.get("/history/incidents").path("items").size())
                    .isGreaterThan(before.path("items").size());
            assertThat(incident).contains("Evidence", "confidence", "recovered by");
            assertThat(first.locator(".verdict").innerText()).contains("Network");
            tab.shoot("incident-dark", true);
            tab.assertWellBehaved();
        }
    }

    @Test
    void playsAnyFaultOfTheCatalogueAndHealsIt() {
        try (StatusTab tab = open("/", ColorScheme.LIGHT)) {
            tab.awaitState("ok");
            tab.at("#drill-all > summary").click();
            assertThat(tab.at("#drill-fault option").count())
                    .isEqualTo(DEMO.get("/demo/faults").path("catalogue").size());
            tab.at("#drill-fault").selectOption("ack-delay");
            tab.at("[data-parameter=millis]").fill("5");
            tab.at("[data-parameter=seconds]").fill("300");
            tab.at("#drill-form button[type=submit]").click();

            tab.await("#drill-active", "ack-delay, until");
            assertThat(DEMO.get("/demo/faults")
                            .path("active")
                            .get(0)
                            .path("fault")
                            .asText())
                    .isEqualTo("ack-delay");
            tab.at("#drill-active button >> nth=0").click();
            tab.page().waitForFunction("() => !document.querySelector('#drill-active li')");
            assertThat(DEMO.get("/demo/faults").path("active")).isEmpty();

            tab.at("#drill-fault").selectOption("close");
            tab.at("[data-parameter=code]").fill("7");
            tab.at("#drill-form button[type=submit]").click();
            tab.await("#drill-log", "a whole number from 1000 to 4999");
        }
    }

    @Test
    void filtersEventsAndFindsTheDayBehindABar() {
        try (StatusTab tab = open("/", ColorScheme.LIGHT)) {
            tab.awaitState("ok");
            tab.await("#events-list", "Connected with a new session");
            tab.at("#events-controls select")
                    .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("IDENTIFY budget"));
            tab.page()
                    .waitForFunction("() => [...document.querySelectorAll('#events-list li')]"
                            + ".every((li) => /IDENTIFY|No such/.test(li.textContent))");
            tab.at("#events-controls input[type=search]").fill("nothing says this");
            tab.await("#events-list", "None of the events read contains");

            tab.at("#bars").focus();
            tab.page().keyboard().press("Home");
            assertThat(tab.at("#bars").getAttribute("aria-valuetext")).contains("not watched");
            tab.page().keyboard().press("End");
            tab.page().keyboard().press("Enter");
            assertThat(tab.await("#day h3", "incident")).contains("%");
            tab.assertWellBehaved();
        }
    }

    @Test
    void zoomsTheLatencyByDraggingAndByButton() {
        try (StatusTab tab = open("/", ColorScheme.LIGHT)) {
            tab.awaitState("ok");
            Locator chart = tab.at("#latency-plot .u-over");
            chart.waitFor();
            chart.scrollIntoViewIfNeeded();
            tab.page().waitForFunction("() => document.querySelector('#latency .age').textContent.startsWith('read')");
            var box = chart.boundingBox();
            tab.page().mouse().move(box.x + box.width * 0.4, box.y + 40);
            tab.page().mouse().down();
            tab.page().mouse().move(box.x + box.width * 0.8, box.y + 60);
            tab.page().mouse().up();

            tab.at("text=Whole range").waitFor();
            tab.at("text=Whole range").click();
            tab.page().waitForFunction("() => !document.querySelector('#latency-controls > button:not([hidden])')");
            tab.at("#latency-controls [aria-label='Zoom in']").click();
            tab.at("text=Whole range").waitFor();
            tab.at("#latency-table > summary").click();
            tab.at("#latency-table table").waitFor();
            tab.assertWellBehaved();
        }
    }

    @Test
    void isACompactCardWhenEmbedded() {
        try (StatusTab tab = DEMO.open("/?embed", ColorScheme.LIGHT, 420, 320)) {
            tab.awaitState("ok");
            tab.await("#sentence", "Connected for");

            assertThat(tab.at("#bars").isVisible()).isTrue();
            assertThat(tab.at("#drill").isVisible()).isFalse();
            assertThat(tab.at("#events").isVisible()).isFalse();
            assertThat((Boolean) tab.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
            tab.shoot("embed", true);
            tab.assertWellBehaved();
        }
    }

    @Test
    void mayBeFramedByAnotherSiteAsTheCardOnly() throws Exception {
        byte[] html = ("<iframe id='card' src='" + DEMO.address("/?embed") + "'></iframe><iframe id='page' src='"
                        + DEMO.address("/") + "'></iframe>")
                .getBytes(StandardCharsets.UTF_8);
        HttpServer wiki = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        wiki.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
        });
        wiki.start();
        try (var context = DEMO.browser().newContext()) {
            Page page = context.newPage();
            page.setDefaultTimeout(StatusTab.PATIENCE_MILLIS);
            page.navigate("http://localhost:" + wiki.getAddress().getPort() + "/"); // another origin than 127.0.0.1

            page.frameLocator("#card").locator("#hero[data-state=ok]").waitFor();
            assertThat(page.frameLocator("#page").locator("#hero").count()).isZero();
        } finally {
            wiki.stop(0);
        }
    }

    @Test
    void isReadableFromAPhoneToAWall() {
        for (int width : new int[] {360, 768, 1280, 2560}) {
            try (StatusTab tab = DEMO.open("/", ColorScheme.LIGHT, width, 900)) {
                tab.awaitState("ok");
                tab.at("#latency-plot canvas").waitFor();

                assertThat((Boolean) tab.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as("nothing sticks out at %d px", width)
                        .isTrue();
                tab.shoot(width == 360 ? "phone" : "wide-" + width, true);
            }
        }
    }

    private static double millis(StatusTab tab, String mark) {
        return ((Number) tab.page().evaluate("window." + mark + " - window.struckAt")).doubleValue();
    }

    private static int indexOf(List<String> steps, String words) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).contains(words)) {
                return i;
            }
        }
        throw new AssertionError("no step says " + words + ": " + steps);
    }

    private static StatusTab open(String path, ColorScheme theme) {
        StatusTab tab = DEMO.open(path, theme, 1440, 1000);
        tab.page().waitForSelector("#hero", new Page.WaitForSelectorOptions().setTimeout(StatusTab.PATIENCE_MILLIS));
        return tab;
    }
}
