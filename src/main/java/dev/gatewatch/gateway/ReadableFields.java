package dev.gatewatch.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import discord4j.discordjson.Id;
import discord4j.discordjson.json.PartialApplicationInfoData;
import discord4j.discordjson.json.UnavailableGuildData;
import discord4j.discordjson.json.UserData;
import discord4j.discordjson.json.gateway.ImmutableResumed;
import discord4j.discordjson.json.gateway.Ready;
import discord4j.discordjson.json.gateway.Resumed;
import java.util.List;

/**
 * READY and RESUMED as Discord4J's objects, from what can be read of them.
 *
 * <p>Discord4J refuses a READY for one field that it cannot read. It would then never notice that the bot is connected.
 */
final class ReadableFields {

    private static final int API_VERSION = 10;

    private ReadableFields() {}

    static Resumed resumed() {
        return ImmutableResumed.of(List.of());
    }

    static Ready ready(ObjectMapper mapper, JsonNode data) {
        return Ready.builder()
                .v(data.path("v").asInt(API_VERSION))
                .user(user(mapper, data))
                .guilds(guilds(data.path("guilds")))
                .sessionId(data.path("session_id").asText())
                .resumeGatewayUrl(data.path("resume_gateway_url").asText(""))
                .application(PartialApplicationInfoData.builder()
                        .id(Long.toString(data.path("application").path("id").asLong()))
                        .build())
                .build();
    }

    private static List<UnavailableGuildData> guilds(JsonNode guilds) {
        return guilds.findParents("id").stream()
                .map(guild -> guild.path("id").asLong())
                .filter(id -> id != 0)
                .map(id -> (UnavailableGuildData) UnavailableGuildData.builder()
                        .id(Id.of(id))
                        .unavailable(true)
                        .build())
                .toList();
    }

    private static UserData user(ObjectMapper mapper, JsonNode data) {
        JsonNode user = data.path("user");
        try {
            UserData whole = mapper.treeToValue(user, UserData.class);
            return whole != null ? whole : nameless(data);
        } catch (JsonProcessingException | RuntimeException e) {
            return nameless(data);
        }
    }

    @SuppressWarnings("deprecation") // Discord4J's builder requires a discriminator
    private static UserData nameless(JsonNode data) {
        long application = data.path("application").path("id").asLong();
        return UserData.builder()
                .id(Id.of(data.path("user").path("id").asLong(application)))
                .username("")
                .discriminator("0")
                .bot(true)
                .build();
    }
}
