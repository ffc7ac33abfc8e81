package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ControlApiTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Simulator simulator;
    private Rest rest;

    @BeforeEach
    void start() {
        simulator = fixture.discord();
        rest = new Rest(simulator);
    }

    @Test
    void showsItsState() {
        fixture.ready(simulator);
        JsonNode state = Rest.json(rest.get("/_sim/state"));
        assertThat(state.at("/connections/0/shard").asInt()).isZero();
        assertThat(state.at("/sessions/0/sequence").asInt()).isEqualTo(6);
        assertThat(state.at("/identifies/remaining").asInt()).isEqualTo(999);
        assertThat(state.at("/identifies/spent").asInt()).isEqualTo(1);
        assertThat(state.at("/counters/resumes").asInt()).isZero();
        assertThat(state.toString()).doesNotContain(simulator.token());
    }

    @Test
    void listsViolations() {
        ProbeClient client = fixture.connect(simulator);
        client.send("nonsense");
        client.closeCode();
        JsonNode violations = Rest.json(rest.get("/_sim/violations"));
        assertThat(violations).hasSize(1);
        assertThat(violations.get(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("at", "rule", "detail", "source", "connection");
    }

    @Test
    void emitsNumberedEventsAndTellsTheJournal() {
        ProbeClient client = fixture.ready(simulator);
        JsonNode emitted = Rest.json(rest.call("POST", "/_sim/events", "{\"count\":2}"));
        assertThat(emitted.get("last").asLong()).isEqualTo(2);
        assertThat(client.next("TYPING_START").at("/d/user_id")).isEqualTo(emitted.get("firstUserId"));
        client.next("TYPING_START");
        JsonNode journal = Rest.json(rest.get("/_sim/events"));
        assertThat(journal)
                .extracting(entry -> entry.get("event").asText())
                .containsSubsequence("listening", "connected", "hello", "identify", "ready");
        long last = journal.get(journal.size() - 1).get("id").asLong();
        assertThat(Rest.json(rest.get("/_sim/events?since=" + last))).isEmpty();
        assertThat(rest.get("/_sim/events?since=x").statusCode()).isEqualTo(400);
        assertThat(rest.call("POST", "/_sim/events", "{\"count\":0}").statusCode())
                .isEqualTo(400);
        assertThat(rest.call("POST", "/_sim/events", "[]").statusCode()).isEqualTo(400);
    }

    @Test
    void dispatchesWhateverIsAskedFor() {
        ProbeClient client = fixture.ready(simulator);
        String event = "{\"type\":\"GUILD_DELETE\",\"data\":{\"id\":\"7\",\"unavailable\":true},\"shard\":0}";
        assertThat(Rest.json(rest.call("POST", "/_sim/dispatch", event))
                        .get("sessions")
                        .asInt())
                .isEqualTo(1);
        assertThat(client.next("GUILD_DELETE").at("/d/id").asText()).isEqualTo("7");
        assertThat(rest.call("POST", "/_sim/dispatch", "{\"type\":\"GUILD_DELETE\",\"data\":1}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Rest.json(rest.call("POST", "/_sim/dispatch", event.replace(":0}", ":1}")))
                        .get("sessions")
                        .asInt())
                .isZero();
    }

    @Test
    void letsSomebodyUseASlashCommand() {
        ProbeClient client = fixture.ready(simulator);
        rest.call("POST", "/_sim/interactions", "{\"command\":\"status\"}");
        assertThat(client.next("INTERACTION_CREATE").at("/d/data/name").asText())
                .isEqualTo("status");
        assertThat(rest.call("POST", "/_sim/interactions", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void injectsAFaultAndSaysWhen() {
        ProbeClient client = fixture.ready(simulator);
        long before = System.currentTimeMillis();
        HttpResponse<String> reply = rest.call("POST", "/_sim/faults", "{\"fault\":\"close\",\"code\":4000}");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(Rest.json(reply).get("id").asLong()).isPositive();
        assertThat(Rest.json(reply).get("at").asLong()).isBetween(before, System.currentTimeMillis());
        assertThat(client.closeCode()).isEqualTo(4000);
    }

    @Test
    void showsTheCatalogueAndWhatIsActiveUntilHealed() {
        JsonNode faults = Rest.json(rest.get("/_sim/faults"));
        assertThat(faults.get("catalogue"))
                .extracting(row -> row.get("fault").asText())
                .contains("close", "reconnect", "invalid-session", "drop", "mute-acks", "refuse");
        assertThat(faults.at("/catalogue/0/parameters/0/name").asText()).isEqualTo("code");
        assertThat(faults.get("active")).isEmpty();

        long id = Rest.json(rest.call("POST", "/_sim/faults", "{\"fault\":\"mute-acks\",\"shard\":0}"))
                .get("id")
                .asLong();
        JsonNode active = Rest.json(rest.get("/_sim/faults")).get("active");
        assertThat(active).hasSize(1);
        assertThat(active.get(0).get("fault").asText()).isEqualTo("mute-acks");
        assertThat(rest.call("DELETE", "/_sim/faults/" + id, null).statusCode()).isEqualTo(204);
        assertThat(rest.call("DELETE", "/_sim/faults/" + id, null).statusCode()).isEqualTo(404);

        rest.call("POST", "/_sim/faults", "{\"fault\":\"mute-acks\"}");
        assertThat(rest.call("DELETE", "/_sim/faults", null).statusCode()).isEqualTo(204);
        assertThat(Rest.json(rest.get("/_sim/faults")).get("active")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fault\":\"unknown\"}",
                "{\"fault\":\"close\",\"code\":5000}",
                "{\"fault\":\"close\",\"code\":\"1000\"}",
                "{\"fault\":\"close\",\"code\":1000.5}",
                "{\"fault\":\"close\",\"codes\":1}",
                "{\"fault\":\"close\",\"reason\":7}",
                "{\"fault\":\"invalid-session\",\"resumable\":\"yes\"}",
                "{\"fault\":\"refuse\",\"seconds\":0}",
                "{\"fault\":\"refuse\",\"seconds\":9999}",
                "{\"fault\":\"mute-acks\",\"shard\":-1}",
                "{\"fault\":\"http-503\",\"shard\":0}",
                "{\"fault\":\"black-hole\",\"count\":1}",
                "{\"code\":1000}"
            })
    void answersANonsensicalFaultWith400AndListsWhatExists(String fault) {
        HttpResponse<String> reply = rest.call("POST", "/_sim/faults", fault);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(Rest.json(reply).get("message").asText()).isNotEmpty();
        assertThat(Rest.json(reply).get("faults"))
                .hasSameSizeAs(simulator.faults().names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "null", "7"})
    void answersARequestThatIsNoJsonObjectWith400(String body) {
        HttpResponse<String> reply = rest.call("POST", "/_sim/faults", body);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(Rest.json(reply).get("message").asText()).isNotEmpty();
    }

    @Test
    void answersAnUnknownPathWithItsRoutes() {
        for (String path : new String[] {"/_sim", "/_sim/else", "/_sim/faults/x"}) {
            HttpResponse<String> reply = rest.get(path);
            assertThat(reply.statusCode()).isEqualTo(404);
            assertThat(Rest.json(reply).get("routes")).isNotEmpty();
        }
    }
}
