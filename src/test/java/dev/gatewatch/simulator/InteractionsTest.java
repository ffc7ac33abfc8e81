package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody uses a slash command, and Discord's rules about what the bot may answer, and when. */
@Timeout(30)
class InteractionsTest {

    private static final String COMMANDS = "/api/v10/applications/1100000000000000001/commands";
    private static final String HELLO = "{\"type\":4,\"data\":{\"content\":\"hello\",\"flags\":64}}";
    private static final String DEFER = "{\"type\":5,\"data\":{\"flags\":64}}";

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Simulator simulator;
    private Rest rest;
    private ProbeClient client;
    private JsonNode interaction;

    @Test
    void deliversWhoWantsWhatWhere() {
        begin(
                Rules.discord(),
                "{\"command\":\"greet\",\"options\":{\"name\":\"Ada\",\"times\":2},\"user\":\"grace\",\"permissions\":\"1024\",\"appPermissions\":\"2048\",\"guild\":3}");

        assertThat(interaction.at("/data/name").asText()).isEqualTo("greet");
        assertThat(interaction.at("/data/options/0").toString())
                .isEqualTo("{\"name\":\"name\",\"type\":3,\"value\":\"Ada\"}");
        assertThat(interaction.at("/data/options/1/type").asInt()).isEqualTo(4);
        assertThat(interaction.at("/member/user/username").asText()).isEqualTo("grace");
        assertThat(interaction.at("/member/permissions").asText()).isEqualTo("1024");
        assertThat(interaction.path("app_permissions").asText()).isEqualTo("2048");
        JsonNode view = only();
        assertThat(view.path("state").asText()).isEqualTo("waiting");
        assertThat(view.path("guild")).isEqualTo(interaction.path("guild_id"));
        assertThat(view.path("registered").asBoolean()).isFalse();
    }

    @Test
    void takesTypesOfOptionsFromTheRegisteredCommand() {
        simulator = fixture.discord();
        rest = new Rest(simulator);
        rest.call(
                "POST",
                COMMANDS,
                "{\"name\":\"greet\",\"description\":\"d\",\"options\":[{\"type\":6,\"name\":\"who\",\"description\":\"d\"}]}");
        client = fixture.ready(simulator);
        rest.call("POST", "/_sim/interactions", "{\"command\":\"greet\",\"options\":{\"who\":\"7\"}}");

        assertThat(client.next("INTERACTION_CREATE")
                        .at("/d/data/options/0/type")
                        .asInt())
                .isEqualTo(6);
        assertThat(only().path("registered").asBoolean()).isTrue();
    }

    @Test
    void tellsWhereAndWhatTheIdsInTheOptionsStandFor() {
        simulator = fixture.discord();
        rest = new Rest(simulator);
        String guild = "661720242585600000";
        rest.call(
                "POST",
                COMMANDS.replace("/commands", "/guilds/" + guild + "/commands"),
                "{\"name\":\"find\",\"description\":\"d\",\"options\":["
                        + options("user:6", "channel:7", "role:8", "any:9", "other:9", "file:11") + "]}");
        client = fixture.ready(simulator);
        rest.call(
                "POST",
                "/_sim/interactions",
                "{\"command\":\"find\",\"options\":{\"user\":\"661720242585600001\",\"channel\":\"661720242585600005\","
                        + "\"role\":\"661720242585600020\",\"any\":\"661720242585600021\",\"other\":\"77\",\"file\":\"88\"},"
                        + "\"resolved\":{\"attachments\":{\"88\":{\"id\":\"88\",\"filename\":\"mine.png\"}}}}");

        JsonNode data = client.next("INTERACTION_CREATE").path("d");
        assertThat(data.at("/guild/id").asText()).isEqualTo(guild);
        assertThat(data.at("/channel/id")).isEqualTo(data.path("channel_id"));
        assertThat(data.path("attachment_size_limit").asInt()).isEqualTo(10 << 20);
        assertThat(data.path("context").asInt()).isZero();
        assertThat(data.at("/authorizing_integration_owners/0").asText()).isEqualTo(guild);
        assertThat(data.at("/data/guild_id").asText()).isEqualTo(guild);
        JsonNode resolved = data.at("/data/resolved");
        assertThat(resolved.at("/users/661720242585600001/username").asText()).isEqualTo("owner");
        assertThat(resolved.at("/members/661720242585600001").has("user")).isFalse();
        assertThat(resolved.at("/members/661720242585600001/permissions").isTextual())
                .isTrue();
        assertThat(resolved.at("/channels/661720242585600005/type").asInt()).isEqualTo(2);
        assertThat(resolved.at("/roles/661720242585600020/name").asText()).isEqualTo("Moderators");
        assertThat(resolved.at("/roles").has("661720242585600021")).isTrue();
        assertThat(resolved.at("/users").has("77")).isTrue();
        assertThat(resolved.at("/attachments/88/filename").asText()).isEqualTo("mine.png");
    }

    private static String options(String... namesAndTypes) {
        return Arrays.stream(namesAndTypes)
                .map(option -> option.split(":"))
                .map(option -> "{\"name\":\"" + option[0] + "\",\"description\":\"d\",\"type\":" + option[1] + "}")
                .collect(Collectors.joining(","));
    }

    @Test
    void deliversToDirectMessagesWithoutAMember() {
        begin(Rules.discord(), "{\"command\":\"greet\",\"dm\":true}");

        assertThat(interaction.has("member")).isFalse();
        assertThat(interaction.at("/user/username").asText()).isEqualTo("somebody");
        assertThat(interaction.has("guild_id")).isFalse();
    }

    @Test
    void showsAnAnswerOnlyItsUserSees() {
        begin();

        assertThat(callback(HELLO).statusCode()).isEqualTo(204);

        JsonNode view = only();
        assertThat(view.path("state").asText()).isEqualTo("answered");
        assertThat(view.path("ephemeral").asBoolean()).isTrue();
        assertThat(view.at("/answer/content").asText()).isEqualTo("hello");
        assertThat(view.path("answeredAfterMillis").asLong()).isBetween(0L, 3_000L);
        assertThat(view.at("/requests/0/status").asInt()).isEqualTo(204);
        assertThat(view.toString()).doesNotContain(interaction.path("token").asText());
    }

    @Test
    void answersACallbackWithTheInteractionAndItsMessageWhenAsked() {
        begin();

        JsonNode response = Rest.json(callback("?with_response=true", HELLO));

        assertThat(response.at("/interaction/id")).isEqualTo(interaction.path("id"));
        assertThat(response.at("/interaction/type").asInt()).isEqualTo(2);
        assertThat(response.at("/interaction/response_message_ephemeral").asBoolean())
                .isTrue();
        assertThat(response.at("/interaction/response_message_id")).isEqualTo(response.at("/resource/message/id"));
        assertThat(response.at("/resource/type").asInt()).isEqualTo(4);
        assertThat(response.at("/resource/message/content").asText()).isEqualTo("hello");
    }

    @Test
    void takesTheAnswerToADeferredInteractionAsAnEditOrAFollowUp() {
        begin();
        callback(DEFER);
        assertThat(only().path("state").asText()).isEqualTo("deferred");

        assertThat(webhook("PATCH", "/messages/@original", "{\"content\":\"late\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(only().at("/answer/content").asText()).isEqualTo("late");
        assertThat(only().at("/answer/flags").asInt()).isEqualTo(64);

        HttpResponse<String> followUp = webhook("POST", "?wait=true", "{\"content\":\"more\"}");
        assertThat(only().at("/followUps/0/content").asText()).isEqualTo("more");
        String id = Rest.json(followUp).path("id").asText();
        assertThat(webhook("PATCH", "/messages/" + id, "{\"content\":\"changed\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Rest.json(webhook("GET", "/messages/" + id, null))
                        .path("content")
                        .asText())
                .isEqualTo("changed");
        assertThat(webhook("DELETE", "/messages/" + id, null).statusCode()).isEqualTo(204);
        assertThat(only().path("followUps")).isEmpty();
    }

    @Test
    void takesTheFirstFollowUpToADeferredInteractionForItsAnswer() {
        begin();
        callback(DEFER);

        webhook("POST", "?wait=true", "{\"content\":\"late\"}");

        assertThat(only().at("/answer/content").asText()).isEqualTo("late");
        assertThat(only().path("followUps")).isEmpty();
    }

    @Test
    void refusesASecondFirstResponse() {
        begin();
        callback(HELLO);

        HttpResponse<String> second = callback(HELLO);

        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(Rest.json(second).path("code").asInt()).isEqualTo(40060);
    }

    @Test
    void refusesAFirstResponseThatIsLate() {
        begin(times(Duration.ofMillis(50), Duration.ofMinutes(15)), "{\"command\":\"greet\"}");
        await().atMost(Duration.ofSeconds(25))
                .until(() -> only().path("state").asText().equals("failed"));

        HttpResponse<String> late = callback(HELLO);

        assertThat(late.statusCode()).isEqualTo(404);
        assertThat(Rest.json(late).path("code").asInt()).isEqualTo(10062);
    }

    @Test
    void refusesAnEditAfterTheTokenHasRunOut() {
        begin(times(Duration.ofSeconds(3), Duration.ofMillis(400)), "{\"command\":\"greet\"}");
        assertThat(callback(DEFER).statusCode()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(25))
                .until(() -> webhook("PATCH", "/messages/@original", "{\"content\":\"late\"}")
                                .statusCode()
                        == 401);

        assertThat(only().toString()).contains("\"code\":50027");
    }

    @Test
    void refusesWhatBelongsToNoInteraction() {
        begin();

        assertThat(Rest.json(rest.call("POST", "/api/v10/interactions/1/unknown/callback", HELLO, null))
                        .path("code")
                        .asInt())
                .isEqualTo(10062);
        assertThat(Rest.json(webhook("POST", "", "{\"content\":\"too early\"}"))
                        .path("code")
                        .asInt())
                .isEqualTo(10015);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":4,\"data\":{}}",
                "{\"type\":6}",
                "{\"type\":4,\"data\":{\"embeds\":[{\"fields\":[{\"name\":\"\",\"value\":\"x\"}]}]}}",
                "[]"
            })
    void refusesWhatIsNoAnswer(String body) {
        begin();

        assertThat(callback(body).statusCode()).isEqualTo(400);
        assertThat(callback("{\"type\":4,\"data\":{\"content\":\"" + "x".repeat(2_001) + "\"}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(callback(HELLO).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"command\":\"\"}",
                "{\"command\":\"x\",\"option\":{}}",
                "{\"command\":\"x\",\"options\":7}",
                "{\"command\":\"x\",\"permissions\":\"all\"}",
                "{\"command\":\"x\",\"guild\":-1}",
                "{\"command\":\"x\",\"guild\":99}",
                "{\"command\":\"x\",\"shard\":7}"
            })
    void saysWhatIsWrongWithARequest(String body) {
        begin();

        HttpResponse<String> reply = rest.call("POST", "/_sim/interactions", body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(Rest.json(reply).path("message").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-interaction, 404, 10062",
        "already-acknowledged, 400, 40060",
        "missing-access, 403, 50001",
        "missing-permissions, 403, 50013",
        "invalid-webhook-token, 401, 50027"
    })
    void answersWithAnErrorCodeWhenAskedTo(String error, int status, int code) {
        begin();
        simulator.faults().inject("rest-error", Map.of("error", error, "route", "/callback", "count", 1));

        HttpResponse<String> refused = callback(HELLO);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(Rest.json(refused).path("code").asInt()).isEqualTo(code);
        assertThat(callback(HELLO).statusCode()).isEqualTo(204);
    }

    @Test
    void countsWhatIsWrittenToCommands() {
        simulator = fixture.discord();
        rest = new Rest(simulator);
        rest.get(COMMANDS);
        assertThat(simulator.state().at("/counters/commandWrites").asInt()).isZero();
        rest.call("POST", COMMANDS, "{\"name\":\"greet\",\"description\":\"d\"}");
        assertThat(simulator.state().at("/counters/commandWrites").asInt()).isEqualTo(1);
        assertThat(rest.call("POST", COMMANDS, "{\"name\":\"Not A Name\"}").statusCode())
                .isEqualTo(400);
    }

    private void begin() {
        begin(Rules.discord(), "{\"command\":\"greet\"}");
    }

    private void begin(Rules rules, String request) {
        simulator = fixture.discord(rules);
        rest = new Rest(simulator);
        client = fixture.ready(simulator);
        assertThat(rest.call("POST", "/_sim/interactions", request).statusCode())
                .isEqualTo(200);
        interaction = client.next("INTERACTION_CREATE").path("d");
    }

    private static Rules times(Duration first, Duration token) {
        return Rules.discord().withInteractionTimes(new Rules.InteractionTimes(first, token));
    }

    private HttpResponse<String> callback(String body) {
        return callback("", body);
    }

    private HttpResponse<String> callback(String query, String body) {
        String path = "/api/v10/interactions/" + interaction.path("id").asText() + "/"
                + interaction.path("token").asText() + "/callback" + query;
        return rest.call("POST", path, body, null);
    }

    private HttpResponse<String> webhook(String method, String rest, String body) {
        String path = "/api/v10/webhooks/1100000000000000001/"
                + interaction.path("token").asText() + rest;
        return this.rest.call(method, path, body, null);
    }

    private JsonNode only() {
        assertThat(simulator.interactions()).hasSize(1);
        return simulator.interactions().get(0);
    }
}
