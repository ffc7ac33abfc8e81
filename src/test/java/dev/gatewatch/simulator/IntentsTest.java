package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A session gets the events of the intents it asked for, and no others. */
@Timeout(30)
class IntentsTest {

    private static final long BOT = 1_100_000_000_000_000_001L;

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    @ParameterizedTest
    @CsvSource({
        "MESSAGE_CREATE, true, 512, true",
        "MESSAGE_CREATE, true, 4096, false",
        "MESSAGE_CREATE, false, 512, false",
        "MESSAGE_CREATE, false, 4096, true",
        "CHANNEL_PINS_UPDATE, true, 1, true",
        "CHANNEL_PINS_UPDATE, false, 1, false",
        "TYPING_START, true, 2048, true",
        "TYPING_START, true, 513, false",
        "THREAD_MEMBERS_UPDATE, true, 1, true",
        "THREAD_MEMBERS_UPDATE, true, 2, true",
        "GUILD_CREATE, false, 1, true",
        "GUILD_CREATE, false, 2, false",
        "VOICE_SERVER_UPDATE, true, 0, true",
        "SOMETHING_NEW, true, 0, true"
    })
    void allowAnEventOfAGuildOrOfADirectMessage(String type, boolean ofGuild, long bits, boolean allowed) {
        ObjectNode data = Json.object();
        if (ofGuild) {
            data.put("guild_id", "1");
        }
        assertThat(new Intents(bits).allow(type, data, BOT)).isEqualTo(allowed);
    }

    @Test
    void allowTheBotsOwnMemberUpdateAlways() {
        ObjectNode update = Json.object().put("guild_id", "1");
        update.putObject("user").put("id", Long.toString(BOT));
        assertThat(new Intents(0).allow("GUILD_MEMBER_UPDATE", update, BOT)).isTrue();
        assertThat(new Intents(0).allow("GUILD_MEMBER_UPDATE", update, BOT + 1)).isFalse();
    }

    @Test
    void hideTheContentOfOthersMessagesWithoutTheIntentForIt() {
        ObjectNode message = Json.object().put("guild_id", "1").put("content", "secret");
        message.putObject("author").put("id", "2");
        message.putArray("embeds").addObject();

        JsonNode hidden = new Intents(Intent.GUILD_MESSAGES.bit()).visible("MESSAGE_CREATE", message, BOT);

        assertThat(hidden.path("content").asText()).isEmpty();
        assertThat(hidden.path("embeds")).isEmpty();
        assertThat(Intents.ALL.visible("MESSAGE_CREATE", message, BOT)).isSameAs(message);
        message.putArray("mentions").addObject().put("id", Long.toString(BOT));
        assertThat(new Intents(0).visible("MESSAGE_CREATE", message, BOT)).isSameAs(message);
    }

    @Test
    void sendNoEventThatWasNotAskedFor() {
        Simulator simulator = fixture.discord();
        ProbeClient client = identified(simulator, Intent.GUILDS);
        client.untilAck(); // READY and the guilds

        for (String type : Dispatches.known()) {
            if (!List.of("READY", "RESUMED", "INTERACTION_CREATE").contains(type)) {
                new Rest(simulator).call("POST", "/_sim/dispatch", "{\"type\":\"" + type + "\"}");
            }
        }

        assertThat(client.untilAck()).isNotEmpty().allSatisfy(message -> {
            List<Intent> carriers = Intent.carriersOf(message.path("t").asText());
            assertThat(carriers.isEmpty() || carriers.contains(Intent.GUILDS))
                    .as(message.path("t").asText())
                    .isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Intent.class,
            names = {"GUILDS", "GUILD_MESSAGE_TYPING"})
    void sendNumberedEventsWithEitherIntent(Intent intent) {
        Simulator simulator = fixture.discord();
        ProbeClient client = identified(simulator, intent);
        client.next("READY");
        long first = simulator.emit(1);
        JsonNode event = client.next(intent == Intent.GUILDS ? "CHANNEL_PINS_UPDATE" : "TYPING_START");
        assertThat(event.path("d").has("member")).isEqualTo(intent != Intent.GUILDS);
        assertThat(simulator.deliveries().of(first)).containsExactly(1L);
    }

    @Test
    void areKnownByTheBitsThatDiscordLists() {
        assertThat(Arrays.stream(Intent.values()).mapToLong(Intent::bit).sum()).isEqualTo(0x331FFFFL);
    }

    private ProbeClient identified(Simulator simulator, Intent intent) {
        ProbeClient client = fixture.connect(simulator);
        client.send(2, ProbeClient.identifyData(simulator.token()).put("intents", intent.bit()));
        return client;
    }
}
