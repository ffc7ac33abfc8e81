package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that the simulator sends has the documented fields, and no others. */
@Timeout(60)
class ContractTest {

    /** Events whose body is an object that also exists elsewhere; the others have an object of their own name. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("READY", "ready"),
            Map.entry("INTERACTION_CREATE", "interaction"),
            Map.entry("APPLICATION_COMMAND_PERMISSIONS_UPDATE", "guild-application-command-permissions"),
            Map.entry("AUTO_MODERATION_RULE_CREATE", "auto-moderation-rule"),
            Map.entry("AUTO_MODERATION_RULE_UPDATE", "auto-moderation-rule"),
            Map.entry("AUTO_MODERATION_RULE_DELETE", "auto-moderation-rule"),
            Map.entry("CHANNEL_CREATE", "channel"),
            Map.entry("CHANNEL_UPDATE", "channel"),
            Map.entry("CHANNEL_DELETE", "channel"),
            Map.entry("THREAD_CREATE", "channel+thread-create"),
            Map.entry("THREAD_UPDATE", "channel"),
            Map.entry("THREAD_DELETE", "partial:channel"),
            Map.entry("THREAD_MEMBER_UPDATE", "thread-member+thread-member-update"),
            Map.entry("ENTITLEMENT_CREATE", "entitlement"),
            Map.entry("ENTITLEMENT_UPDATE", "entitlement"),
            Map.entry("ENTITLEMENT_DELETE", "entitlement"),
            Map.entry("GUILD_CREATE", "guild+guild-create"),
            Map.entry("GUILD_UPDATE", "guild"),
            Map.entry("GUILD_DELETE", "unavailable-guild"),
            Map.entry("GUILD_AUDIT_LOG_ENTRY_CREATE", "audit-log-entry+guild-audit-log-entry-create"),
            Map.entry("GUILD_MEMBER_ADD", "guild-member+guild-member-add"),
            Map.entry("GUILD_SCHEDULED_EVENT_CREATE", "guild-scheduled-event"),
            Map.entry("GUILD_SCHEDULED_EVENT_UPDATE", "guild-scheduled-event"),
            Map.entry("GUILD_SCHEDULED_EVENT_DELETE", "guild-scheduled-event"),
            Map.entry("GUILD_SOUNDBOARD_SOUND_CREATE", "soundboard-sound"),
            Map.entry("GUILD_SOUNDBOARD_SOUND_UPDATE", "soundboard-sound"),
            Map.entry("INTEGRATION_CREATE", "integration+integration-create"),
            Map.entry("INTEGRATION_UPDATE", "integration+integration-update"),
            Map.entry("MESSAGE_CREATE", "message+message-create"),
            Map.entry("MESSAGE_UPDATE", "message+message-create"),
            Map.entry("STAGE_INSTANCE_CREATE", "stage-instance"),
            Map.entry("STAGE_INSTANCE_UPDATE", "stage-instance"),
            Map.entry("STAGE_INSTANCE_DELETE", "stage-instance"),
            Map.entry("SUBSCRIPTION_CREATE", "subscription"),
            Map.entry("SUBSCRIPTION_UPDATE", "subscription"),
            Map.entry("SUBSCRIPTION_DELETE", "subscription"),
            Map.entry("USER_UPDATE", "user"),
            Map.entry("VOICE_STATE_UPDATE", "voice-state"));

    private static final String COMMANDS = """
            [{"name": "look", "description": "Looks at somebody", "options": [
                {"name": "who", "type": 6, "description": "At whom"},
                {"name": "often", "type": 4, "description": "How often", "min_value": 1}]}]
            """;

    /** All intents that exist. */
    private static final int ALL_INTENTS = 0x331FFFF;

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Simulator simulator;
    private Rest rest;
    private ProbeClient client;
    private JsonNode hello;
    private JsonNode ready;

    @BeforeEach
    void logIn() {
        simulator = fixture.patient();
        rest = new Rest(simulator);
        client = fixture.connect(simulator);
        hello = client.nextOp(10);
        client.send(2, ProbeClient.identifyData(simulator.token()).put("intents", ALL_INTENTS));
        ready = client.next("READY").path("d");
    }

    static List<String> events() {
        return Dispatches.known();
    }

    @Test
    void aBodyThatIsNotAsDocumentedIsComplainedOf() {
        JsonNode body = Json.object().put("id", 5).putNull("username").put("colour", 1);
        assertThat(Contract.complaints("user", body, "user"))
                .contains(
                        "user.id is no snowflake but 5",
                        "user.username is null",
                        "user.colour is not documented",
                        "user.discriminator is missing");
    }

    @Test
    void theHandshakeIsAsDocumented() {
        assertThat(Contract.complaints("HELLO", hello.path("d"), "hello")).isEmpty();
        assertThat(Contract.complaints("READY", ready, "ready")).isEmpty();
        for (int guild = 0; guild < 5; guild++) {
            assertThat(Contract.complaints(
                            "GUILD_CREATE", client.next("GUILD_CREATE").path("d"), BODIES.get("GUILD_CREATE")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void eachEventIsAsDocumented(String type) {
        rest.call("POST", "/_sim/dispatch", "{\"type\":\"" + type + "\"}");
        JsonNode body = client.next(type).path("d");
        if (!type.equals("RESUMED")) { // its body is not documented
            String object =
                    BODIES.getOrDefault(type, type.toLowerCase(Locale.ROOT).replace('_', '-'));
            assertThat(Contract.complaints(type, body, object)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/users/@me, user",
        "/users/{user}, user",
        "/applications/@me, application",
        "/oauth2/applications/@me, application",
        "/gateway/bot, get-gateway-bot-json-response",
        "/users/@me/guilds, array:partial:guild",
        "/guilds/{guild}, guild",
        "/guilds/{guild}?with_counts=true, guild",
        "/guilds/{guild}/channels, array:channel",
        "/guilds/{guild}/roles, array:role",
        "/guilds/{guild}/members?limit=1000, array:guild-member",
        "/guilds/{guild}/members/{user}, guild-member",
        "/guilds/{guild}/members/search?query=member, array:guild-member",
        "/channels/{channel}, channel"
    })
    void whatRestReadsIsAsDocumented(String path, String object) {
        JsonNode guild = client.next("GUILD_CREATE").path("d");
        String filled = path.replace("{guild}", guild.path("id").asText())
                .replace("{user}", guild.path("owner_id").asText())
                .replace("{channel}", guild.at("/channels/1/id").asText());
        JsonNode body = Rest.json(rest.get("/api/v10" + filled));
        assertThat(Contract.complaints(path, body, object)).isEmpty();
    }

    @Test
    void commandsAreAsDocumented() {
        JsonNode written = Rest.json(rest.call("PUT", commands(), COMMANDS));
        assertThat(written).hasSize(1);
        assertThat(Contract.complaints("commands", written, "array:application-command"))
                .isEmpty();
        JsonNode read = Rest.json(rest.get(commands()));
        assertThat(Contract.complaints("commands", read, "array:application-command"))
                .isEmpty();
    }

    @Test
    void anInteractionAndItsAnswersAreAsDocumented() {
        rest.call("PUT", commands(), COMMANDS);
        rest.call(
                "POST",
                "/_sim/interactions",
                "{\"command\":\"look\",\"options\":{\"who\":\"661720242585601001\",\"often\":2}}");
        JsonNode event = client.next("INTERACTION_CREATE").path("d");
        assertThat(Contract.complaints("interaction", event, "interaction")).isEmpty();

        String callback = "/api/v10/interactions/" + event.path("id").asText() + "/"
                + event.path("token").asText() + "/callback";
        JsonNode response = Rest.json(
                rest.call("POST", callback + "?with_response=true", "{\"type\":4,\"data\":{\"content\":\"hello\"}}"));
        assertThat(Contract.complaints("response", response, "interaction-callback-response"))
                .isEmpty();

        String webhook = "/api/v10/webhooks/" + event.path("application_id").asText() + "/"
                + event.path("token").asText();
        for (JsonNode message : List.of(
                Rest.json(rest.get(webhook + "/messages/@original")),
                Rest.json(rest.call("PATCH", webhook + "/messages/@original", "{\"content\":\"again\"}")),
                Rest.json(rest.call("POST", webhook, "{\"content\":\"more\",\"embeds\":[{\"title\":\"a title\"}]}")))) {
            assertThat(Contract.complaints("message", message, "message")).isEmpty();
        }
    }

    @Test
    void aMessageInAChannelAndItsEventsAreAsDocumented() {
        String channel =
                client.next("GUILD_CREATE").path("d").at("/channels/1/id").asText();
        String messages = "/api/v10/channels/" + channel + "/messages";
        JsonNode sent = Rest.json(rest.call("POST", messages, "{\"content\":\"hello\"}"));
        JsonNode edited =
                Rest.json(rest.call("PATCH", messages + "/" + sent.path("id").asText(), "{\"content\":\"again\"}"));
        assertThat(Contract.complaints("message", sent, "message")).isEmpty();
        assertThat(Contract.complaints("message", edited, "message")).isEmpty();
        for (String type : List.of("MESSAGE_CREATE", "MESSAGE_UPDATE")) {
            assertThat(Contract.complaints(type, client.next(type).path("d"), BODIES.get(type)))
                    .isEmpty();
        }
    }

    @Test
    void aDirectMessagesChannelIsAsDocumented() {
        JsonNode channel = Rest.json(
                rest.call("POST", "/api/v10/users/@me/channels", "{\"recipient_id\":\"661720242585601001\"}"));
        assertThat(Contract.complaints("channel", channel, "channel")).isEmpty();
    }

    private String commands() {
        return "/api/v10/applications/" + ready.at("/application/id").asText() + "/commands";
    }
}
