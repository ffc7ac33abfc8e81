package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Members, soundboard sounds and channels' states that a bot asks for over the gateway. */
@Timeout(30)
class MemberRequestsTest {

    private static final long WITHOUT_MEMBERS = Intent.GUILDS.bit();
    private static final long WITH_MEMBERS = WITHOUT_MEMBERS | Intent.GUILD_MEMBERS.bit();
    private static final long WITH_PRESENCES = WITH_MEMBERS | Intent.GUILD_PRESENCES.bit();

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private JsonNode guild;

    @Test
    void getAllMembersInChunksOfAThousand() {
        ProbeClient client = identified(WITH_MEMBERS, 2_345);

        client.send(8, request().put("query", "").put("limit", 0).put("nonce", "n1"));

        int received = 0;
        for (int index = 0; index < 3; index++) {
            JsonNode chunk = client.next("GUILD_MEMBERS_CHUNK").path("d");
            assertThat(chunk.path("chunk_index").asInt()).isEqualTo(index);
            assertThat(chunk.path("chunk_count").asInt()).isEqualTo(3);
            assertThat(chunk.path("nonce").asText()).isEqualTo("n1");
            assertThat(chunk.has("presences")).isFalse();
            received += chunk.path("members").size();
        }
        assertThat(received).isEqualTo(2_345);
    }

    @Test
    void getAllMembersOnceInThirtySeconds() {
        ProbeClient client = identified(WITH_MEMBERS, 10);
        client.send(8, request().put("query", "").put("limit", 0));
        client.next("GUILD_MEMBERS_CHUNK");

        client.send(8, request().put("query", "").put("limit", 0).put("nonce", "again"));

        JsonNode limited = client.next("RATE_LIMITED").path("d");
        assertThat(limited.path("opcode").asInt()).isEqualTo(8);
        assertThat(limited.path("retry_after").asDouble()).isBetween(1.0, 30.0);
        assertThat(limited.at("/meta/guild_id")).isEqualTo(guild.path("id"));
        assertThat(limited.at("/meta/nonce").asText()).isEqualTo("again");
    }

    @Test
    void getNoListOfAllMembersWithoutTheIntent() {
        ProbeClient client = identified(WITHOUT_MEMBERS, 10);
        client.send(8, request().put("query", "").put("limit", 0));
        assertThat(client.untilAck()).isEmpty();
    }

    @Test
    void findMembersByTheBeginningOfTheirNameWithoutTheIntent() {
        ProbeClient client = identified(WITHOUT_MEMBERS, 250);

        client.send(8, request().put("query", "member12").put("limit", 5));

        JsonNode members = client.next("GUILD_MEMBERS_CHUNK").at("/d/members");
        assertThat(members).hasSize(5).allSatisfy(member -> assertThat(
                        member.at("/user/username").asText())
                .startsWith("member12"));
        client.send(8, request().put("query", "member").put("limit", 0));
        assertThat(client.next("GUILD_MEMBERS_CHUNK").at("/d/members")).hasSize(100);
    }

    @Test
    void findMembersByTheirIdsAndNameTheUnknownOnes() {
        ProbeClient client = identified(WITH_PRESENCES, 250);
        String owner = guild.path("owner_id").asText();
        ObjectNode request = request().put("presences", true).put("nonce", "x".repeat(33));
        request.putArray("user_ids").add(owner).add("77");

        client.send(8, request);

        JsonNode chunk = client.next("GUILD_MEMBERS_CHUNK").path("d");
        assertThat(chunk.at("/members/0/user/id").asText()).isEqualTo(owner);
        assertThat(chunk.path("not_found").toString()).isEqualTo("[\"77\"]");
        assertThat(chunk.at("/presences/0/user/id").asText()).isEqualTo(owner);
        assertThat(chunk.has("nonce")).isFalse();
        client.send(8, request().put("user_ids", owner));
        assertThat(client.next("GUILD_MEMBERS_CHUNK").at("/d/members")).hasSize(1);
    }

    @Test
    void arriveWithTheGuildAsFarAsTheIntentsAllow() {
        identified(WITHOUT_MEMBERS, 250);
        assertThat(guild.path("members")).hasSize(3); // the bot, and two in a voice channel
        assertThat(guild.path("presences")).isEmpty();
        identified(WITH_PRESENCES, 40);
        assertThat(guild.path("members")).hasSize(40);
        assertThat(guild.path("presences")).isNotEmpty();
    }

    @Test
    void getSoundboardSoundsAndStatesOfChannels() {
        ProbeClient client = identified(WITHOUT_MEMBERS, 10);
        ObjectNode sounds = Json.object();
        sounds.putArray("guild_ids").add(guild.path("id"));
        client.send(31, sounds);
        JsonNode sound = client.next("SOUNDBOARD_SOUNDS").at("/d/soundboard_sounds/0");
        assertThat(sound).isEqualTo(guild.at("/soundboard_sounds/0"));

        ObjectNode channels = Json.object().set("guild_id", guild.path("id"));
        channels.putArray("fields").add("status");
        client.send(43, channels);
        JsonNode channel = client.next("CHANNEL_INFO").at("/d/channels/0");
        assertThat(channel.has("status")).isTrue();
        assertThat(channel.has("voice_start_time")).isFalse();
    }

    @Test
    void comeFromGuildsWithChannelsOfEachKind() {
        identified(WITHOUT_MEMBERS, 250);
        List<Integer> types = new ArrayList<>();
        guild.path("channels").forEach(channel -> types.add(channel.path("type").asInt()));
        assertThat(types).containsExactlyInAnyOrder(0, 2, 4, 5, 13, 15, 16);
        for (String list : List.of(
                "threads",
                "roles",
                "emojis",
                "stickers",
                "voice_states",
                "stage_instances",
                "soundboard_sounds",
                "guild_scheduled_events")) {
            assertThat(guild.path(list)).as(list).isNotEmpty();
        }
    }

    private ProbeClient identified(long intents, int members) {
        Simulator simulator = fixture.discord(SimulatorOptions.defaults().withGuilds(1, members));
        ProbeClient client = fixture.connect(simulator);
        client.send(2, ProbeClient.identifyData(simulator.token()).put("intents", intents));
        guild = client.next("GUILD_CREATE").path("d");
        return client;
    }

    private ObjectNode request() {
        return Json.object().set("guild_id", guild.path("id"));
    }
}
