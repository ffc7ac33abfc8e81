package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reader has chosen is in the page's address, so that somebody else sees the same by a link. */
@Tag("browser")
class StatusPageLinkIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final DemoInBrowser DEMO = new DemoInBrowser();

    @Test
    void rangesAndFiltersAreInTheAddressAndComeBackByIt() {
        String link;
        try (StatusTab tab = open("/?campaign=x")) {
            tab.awaitState("ok");
            tab.at("#latency-controls >> text='7 d'").click();
            tab.at("#shards-controls >> text='30 d'").click();
            tab.at("#incidents-controls select").selectOption(new SelectOption().setLabel("Network"));
            tab.at("#events-controls select").selectOption(new SelectOption().setLabel("IDENTIFY budget"));
            tab.at("#events-controls input[type=number]").fill("0");
            tab.at("#events-controls input[type=search]").fill("one of");
            tab.page().keyboard().press("Enter");
            tab.page().waitForCondition(() -> address(tab).contains("words="));
            link = address(tab);
            tab.assertWellBehaved();
        }

        assertThat(link)
                .contains(
                        "campaign=x",
                        "latency=7d",
                        "shards=30d",
                        "verdict=network",
                        "kind=budget",
                        "shard=0",
                        "words=");
        try (StatusTab tab = StatusTab.open(DEMO.browser(), URI.create(link), ColorScheme.LIGHT, 1280, 900)) {
            tab.awaitState("ok");
            assertThat(pressed(tab, "#latency-controls")).containsExactly("7 d");
            assertThat(pressed(tab, "#shards-controls")).containsExactly("30 d");
            assertThat(tab.at("#incidents-controls select").inputValue()).isEqualTo("network");
            assertThat(tab.at("#events-controls select").inputValue()).isEqualTo("budget");
            assertThat(tab.at("#events-controls input[type=number]").inputValue())
                    .isEqualTo("0");
            assertThat(tab.at("#events-controls input[type=search]").inputValue())
                    .isEqualTo("one of");
            tab.page()
                    .waitForFunction("() => { const items = [...document.querySelectorAll('#events-list li')]; return"
                            + " items.length && items.every((li) => /one of|No such|None"
                            + " of/.test(li.textContent)); }");
            tab.assertWellBehaved();
        }
    }

    @Test
    void aZoomedStretchIsInTheAddress() {
        long to = System.currentTimeMillis() / 1_000;
        try (StatusTab tab = open("/?latency=" + (to - 7_200) + "-" + to)) {
            tab.awaitState("ok");
            tab.at("text=Whole range").click();
            tab.page().waitForCondition(() -> !address(tab).contains("-"));
            tab.at("#latency-controls [aria-label='Zoom in']").click();
            tab.page().waitForCondition(() -> address(tab).matches(".*latency=\\d+-\\d+"));
            tab.assertWellBehaved();
        }
    }

    @Test
    void aDayIsInTheAddressAndOpensByIt() {
        String link;
        try (StatusTab tab = open("/")) {
            tab.awaitState("ok");
            tab.page().waitForFunction("() => /incident/.test(document.querySelector('#bars').ariaValueText)");
            tab.at("#bars").focus();
            tab.page().keyboard().press("End");
            tab.page().keyboard().press("Enter");
            tab.await("#day h3", "incident");
            link = address(tab);
            tab.page().keyboard().press("Escape");
            assertThat(address(tab)).doesNotContain("day=");
        }

        assertThat(link).matches(".*day=\\d{4}-\\d\\d-\\d\\d");
        try (StatusTab tab = StatusTab.open(DEMO.browser(), URI.create(link), ColorScheme.LIGHT, 1280, 900)) {
            assertThat(tab.await("#day h3", "incident")).contains("%");
            tab.assertWellBehaved();
        }
    }

    @Test
    void anIncidentIsInTheAddressAndOpensByItWhateverTheFilter() throws Exception {
        // longer than GATEWATCH_INCIDENT_BLIP
        HttpRequest fault = HttpRequest.newBuilder(DEMO.address("/demo/faults"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"fault\": \"refuse\", \"seconds\": 15}"))
                .build();
        HttpClient.newHttpClient().send(fault, HttpResponse.BodyHandlers.discarding());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> DEMO.get("/history/incidents").at("/items/0/end").isTextual());
        String id;
        try (StatusTab tab = open("/")) {
            tab.at("#incidents-list .incident summary").first().click();
            tab.await("#incidents-list .incident", "Timeline");
            id = tab.at("#incidents-list .incident").first().getAttribute("data-id");
            assertThat(address(tab)).endsWith("incident=" + id);
            tab.at("#incidents-list .incident summary").first().click();
            tab.page().waitForCondition(() -> !address(tab).contains("incident="));
        }

        try (StatusTab tab = open("/?verdict=discord&incident=" + id)) {
            assertThat(tab.await("#incidents-list .incident", "Timeline[\\s\\S]*Connection lost"))
                    .contains("Network");
            assertThat((Boolean) tab.page()
                            .evaluate("() => { const box = document.querySelector('#incidents-list"
                                    + " .incident').getBoundingClientRect(); return box.top <"
                                    + " innerHeight && box.bottom > 0; }"))
                    .as("it is in view")
                    .isTrue();
            tab.assertWellBehaved();
        }
    }

    @Test
    void whatIsNotUnderstoodInALinkIsNotUsed() {
        try (StatusTab tab =
                open("/?latency=forever&shards=%3Cb%3E&kind=x&shard=-1&latency-shard=900&day=yesterday&verdict=me")) {
            tab.awaitState("ok");
            tab.await("#events-list", "Connected with a new session");
            assertThat(tab.at("#events-controls select").inputValue()).isEmpty();
            assertThat(tab.at("#incidents-controls select").inputValue()).isEmpty();
            assertThat(tab.at("#day h3").count()).isZero();
            tab.assertWellBehaved();
        }
        try (StatusTab tab = open("/?incident=no%2Fsuch%3Fthing")) {
            tab.await("#incidents-list", "The linked incident is not in the history");
        }
    }

    private static List<String> pressed(StatusTab tab, String controls) {
        return tab.at(controls + " button[aria-pressed=true]").allInnerTexts();
    }

    private static String address(StatusTab tab) {
        return tab.page().url();
    }

    private static StatusTab open(String path) {
        return DEMO.open(path, ColorScheme.LIGHT, 1280, 900);
    }
}
