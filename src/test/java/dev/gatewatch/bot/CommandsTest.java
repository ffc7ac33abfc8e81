package dev.gatewatch.bot;

import static dev.gatewatch.SimulatorResource.control;
import static dev.gatewatch.SimulatorResource.inject;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.OutageNotes;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What users get from the built-in commands and from a host's. */
@QuarkusTest
@TestProfile(BotEndToEnd.Profile.class)
class CommandsTest extends BotEndToEnd {

    @Inject
    OutageNotes notes;

    @Inject
    OutageNotes.Guilds guilds;

    @Test
    void statusShowsTheConnectionAndTheLastIncident() {
        lose();

        JsonNode view = use("{\"command\":\"status\",\"user\":\"ada\"}");

        assertThat(text(view)).isEmpty();
        assertThat(view.path("ephemeral").asBoolean()).isTrue();
        assertThat(view.path("registered").asBoolean()).isTrue();
        JsonNode embed = view.at("/answer/embeds/0");
        assertThat(embed.path("title").asText()).isEqualTo("Connection to Discord");
        assertThat(fields(embed)).containsExactly("State", "Uptime", "Latency", "Shard", "Last incident");
        assertThat(embed.at("/fields/0/value").asText()).isEqualTo("connected");
        assertThat(embed.at("/fields/3/value").asText()).isEqualTo("0 of 1 (connected)");
        assertThat(embed.at("/fields/4/value").asText()).contains("shard 0").contains("verdict: discord");
    }

    @Test
    void pingTellsTheLatencyOfTheShard() {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> when().get("/discord-status").path("latency") != null);

        assertThat(text(use("{\"command\":\"ping\"}"))).matches("Pong! Heartbeat on shard 0: [0-9.]+ ms\\.");
    }

    @Test
    void uptimeTellsThreeWindows() {
        JsonNode embed = use("{\"command\":\"uptime\",\"user\":\"uptime\"}").at("/answer/embeds/0");

        assertThat(fields(embed)).containsExactly("24h", "7d", "30d");
        assertThat(embed.at("/fields/0/value").asText()).contains("%").contains("incident");
    }

    @Test
    void incidentsListsAsManyAsAreAskedFor() {
        lose();
        lose();

        JsonNode embed = use("{\"command\":\"incidents\",\"options\":{\"count\":1},\"user\":\"incidents\"}")
                .at("/answer/embeds/0");

        assertThat(embed.path("title").asText()).isEqualTo("Incidents");
        assertThat(embed.path("description").asText().lines()).hasSize(1).allMatch(line -> line.contains("shard 0"));
    }

    @Test
    void answersInDirectMessages() {
        assertThat(text(use("{\"command\":\"ping\",\"dm\":true}"))).startsWith("Pong!");
    }

    @Test
    void aHostsCommandIsGreetedLikeOurs() {
        assertThat(text(use("{\"command\":\"greet\",\"options\":{\"name\":\"Ada\"},\"user\":\"host\"}")))
                .isEqualTo("Hello Ada!");
    }

    @Test
    void anEmptyAnswerIsSaidToBeDone() {
        JsonNode view = use("{\"command\":\"silent\"}");

        assertThat(text(view)).isEqualTo("Done.");
        assertThat(view.path("ephemeral").asBoolean())
                .as("GATEWATCH_COMMANDS_PUBLIC")
                .isFalse();
    }

    @Test
    void aSlowAnswerIsDeferredThenEdited() {
        JsonNode view = use("{\"command\":\"late\"}");

        assertThat(text(view)).isEqualTo("better late");
        assertThat(view.path("ephemeral").asBoolean()).isTrue();
        assertThat(view.at("/requests/0/body/type").asInt()).isEqualTo(5);
        assertThat(view.at("/requests/0/afterMillis").asLong())
                .isLessThan(view.path("answeredAfterMillis").asLong());
        assertThat(view.at("/requests/1/method").asText()).isEqualTo("PATCH");
    }

    @Test
    void registersOnceWhateverBecomesOfTheConnection() {
        int before = commandWrites();

        inject("{\"fault\":\"invalid-session\",\"resumable\":false}");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> when().get(control() + "/state").<Integer>path("identifies.spent") > 1);
        awaitPong();

        assertThat(commandWrites()).isEqualTo(before);
    }

    @Test
    void listenersHearOfDiscordsEventsAndOfTheConnection() {
        int before = notes.losses();

        lose();

        Awaitility.await().atMost(PATIENCE).until(() -> notes.losses() > before);
        Awaitility.await().atMost(PATIENCE).until(() -> guilds.count() == 5);
    }

    private void lose() {
        int before = when().get("/history/incidents?limit=1000")
                .<List<String>>path("items.id")
                .size();
        inject("{\"fault\":\"close\",\"code\":4000}");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> when().get("/history/incidents?limit=1000")
                                        .<List<String>>path("items.id")
                                        .size()
                                > before
                        && !when().get("/history/incidents").<Boolean>path("items[0].open"));
        isConnected();
    }

    private static List<String> fields(JsonNode embed) {
        return StreamSupport.stream(embed.path("fields").spliterator(), false)
                .map(field -> field.path("name").asText())
                .toList();
    }
}
