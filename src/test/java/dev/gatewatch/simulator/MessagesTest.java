package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as Discord makes them of what a bot sends: in answer to a command, and in channels. */
@Timeout(30)
class MessagesTest {

    private static final String FORM = """
            --edge\r
            Content-Disposition: form-data; name="payload_json"\r
            Content-Type: application/json\r
            \r
            %s\r
            --edge\r
            Content-Disposition: form-data; name="files[0]"; filename="hello.txt"\r
            Content-Type: text/plain\r
            \r
            hello\r
            --edge--\r
            """;

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Simulator simulator;
    private Rest rest;
    private ProbeClient client;
    private String channel;

    @BeforeEach
    void logIn() {
        simulator = fixture.discord();
        rest = new Rest(simulator);
        client = fixture.connect(simulator);
        client.identify(simulator.token());
        JsonNode guild = client.next("GUILD_CREATE").path("d");
        channel = guild.path("channels").path(1).path("id").asText();
    }

    @Test
    void answerACommandAsTheBotInItsChannel() {
        JsonNode interaction = interaction();
        callback(interaction, "{\"type\":4,\"data\":{\"content\":\"hello\"}}");

        JsonNode original = Rest.json(webhook("GET", interaction, "/messages/@original", null));
        assertThat(original.path("id")).isNotEqualTo(interaction.path("id"));
        assertThat(original.path("channel_id")).isEqualTo(interaction.path("channel_id"));
        assertThat(original.at("/author/id").asText()).isEqualTo("1100000000000000001");
        assertThat(original.path("application_id")).isEqualTo(interaction.path("application_id"));
        assertThat(original.path("webhook_id")).isEqualTo(interaction.path("application_id"));
        assertThat(original.path("type").asInt()).isEqualTo(20);
        assertThat(original.at("/interaction_metadata/id")).isEqualTo(interaction.path("id"));
        assertThat(original.at("/interaction_metadata/user")).isEqualTo(interaction.at("/member/user"));
        assertThat(original.path("timestamp").asText()).startsWith("20").endsWith("+00:00");
        assertThat(original.path("edited_timestamp").isNull()).isTrue();

        JsonNode followUp = Rest.json(webhook("POST", interaction, "", "{\"content\":\"more\"}"));
        assertThat(followUp.path("id")).isNotEqualTo(original.path("id"));
        assertThat(followUp.at("/interaction_metadata/original_response_message_id"))
                .isEqualTo(original.path("id"));
    }

    @Test
    void keepTheirIdAndTimeWhenTheyAreEdited() {
        JsonNode interaction = interaction();
        callback(interaction, "{\"type\":4,\"data\":{\"content\":\"hello\",\"embeds\":[{\"title\":\"t\"}]}}");
        JsonNode original = Rest.json(webhook("GET", interaction, "/messages/@original", null));

        JsonNode edited = Rest.json(
                webhook("PATCH", interaction, "/messages/" + original.path("id").asText(), "{\"content\":\"bye\"}"));

        assertThat(edited.path("id")).isEqualTo(original.path("id"));
        assertThat(edited.path("timestamp")).isEqualTo(original.path("timestamp"));
        assertThat(edited.path("embeds")).isEqualTo(original.path("embeds"));
        assertThat(edited.path("content").asText()).isEqualTo("bye");
        assertThat(edited.path("edited_timestamp").isTextual()).isTrue();
    }

    @Test
    void mayHaveFiles() throws Exception {
        JsonNode interaction = interaction();
        String id = interaction.path("id").asText();
        String token = interaction.path("token").asText();
        assertThat(form(
                                "/api/v10/interactions/" + id + "/" + token + "/callback",
                                "{\"type\":4,\"data\":{\"attachments\":[{\"id\":0,\"description\":\"A greeting\"}]}}")
                        .statusCode())
                .isEqualTo(204);
        JsonNode attachment = Rest.json(webhook("GET", interaction, "/messages/@original", null))
                .at("/attachments/0");
        assertThat(attachment.path("filename").asText()).isEqualTo("hello.txt");
        assertThat(attachment.path("size").asInt()).isEqualTo(5);
        assertThat(attachment.path("description").asText()).isEqualTo("A greeting");

        JsonNode sent = Rest.json(form("/api/v10/channels/" + channel + "/messages", "{\"content\":\"with a file\"}"));
        assertThat(sent.path("content").asText()).isEqualTo("with a file");
        assertThat(sent.path("attachments")).hasSize(1);
        assertThat(simulator
                        .interactions()
                        .get(0)
                        .at("/requests/0/body/files/0")
                        .asText())
                .isEqualTo("hello.txt");
    }

    @Test
    void areToldToTheBotThatSendsThem() {
        String path = "/api/v10/channels/" + channel + "/messages";
        JsonNode sent = Rest.json(rest.call("POST", path, "{\"content\":\"hello\"}"));
        assertThat(client.next("MESSAGE_CREATE").at("/d/id")).isEqualTo(sent.path("id"));
        assertThat(Rest.json(rest.get(path)).path(0)).isEqualTo(sent);

        String own = path + "/" + sent.path("id").asText();
        rest.call("PATCH", own, "{\"content\":\"bye\"}");
        assertThat(client.next("MESSAGE_UPDATE").at("/d/content").asText()).isEqualTo("bye");
        assertThat(rest.call("DELETE", own, null).statusCode()).isEqualTo(204);
        client.next("MESSAGE_DELETE");
        assertThat(rest.get(own).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"embeds\":[{\"fields\":[{\"name\":\"n\"}]}]} | /errors/embeds/0/fields/0/value | BASE_TYPE_REQUIRED",
                "{\"embeds\":[{},{},{},{},{},{},{},{},{},{},{}]} | /errors/embeds | BASE_TYPE_BAD_LENGTH"
            })
    void areRefusedWithTheFieldThatIsWrong(String body, String path, String code) {
        HttpResponse<String> refused = rest.call("POST", "/api/v10/channels/" + channel + "/messages", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Rest.json(refused).path("code").asInt()).isEqualTo(50035);
        assertThat(Rest.json(refused).at(path + "/_errors/0/code").asText()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"Not A Name\",\"description\":\"d\"} | /errors/name | APPLICATION_COMMAND_INVALID_NAME",
                "{\"name\":\"ping\",\"description\":\"\"} | /errors/description | BASE_TYPE_BAD_LENGTH",
                "{\"name\":\"ping\"} | /errors/description | BASE_TYPE_REQUIRED",
                "{\"name\":\"ping\",\"description\":\"d\",\"options\":[{\"name\":\"x\",\"description\":\"d\"}]} | /errors/options/0/type | BASE_TYPE_REQUIRED"
            })
    void comeFromCommandsThatAreRefusedLikewise(String body, String path, String code) {
        String commands = "/api/v10/applications/1100000000000000001/commands";
        assertThat(Rest.json(rest.call("POST", commands, body))
                        .at(path + "/_errors/0/code")
                        .asText())
                .isEqualTo(code);
        assertThat(Rest.json(rest.call("PUT", commands, "[" + body + "]"))
                        .at(path.replace("/errors", "/errors/0") + "/_errors/0/code")
                        .asText())
                .isEqualTo(code);
        assertThat(rest.call("POST", commands, "{\"name\":\"Say Hello\",\"type\":2}")
                        .statusCode())
                .isEqualTo(201);
    }

    private JsonNode interaction() {
        rest.call("POST", "/_sim/interactions", "{\"command\":\"greet\"}");
        return client.next("INTERACTION_CREATE").path("d");
    }

    private void callback(JsonNode interaction, String body) {
        String path = "/api/v10/interactions/" + interaction.path("id").asText() + "/"
                + interaction.path("token").asText() + "/callback";
        assertThat(rest.call("POST", path, body, null).statusCode()).isEqualTo(204);
    }

    private HttpResponse<String> webhook(String method, JsonNode interaction, String path, String body) {
        String webhook = "/api/v10/webhooks/1100000000000000001/"
                + interaction.path("token").asText();
        return rest.call(method, webhook + path, body, null);
    }

    private HttpResponse<String> form(String path, String payload) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + simulator.port() + path))
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .header("Authorization", "Bot " + simulator.token())
                .POST(BodyPublishers.ofString(FORM.formatted(payload)))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
