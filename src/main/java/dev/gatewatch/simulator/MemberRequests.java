package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Answers op 8, Request Guild Members, with chunks of members. On the event loop.
 *
 * <p>See [Discord Docs/Gateway Events/Request Guild Members].
 */
final class MemberRequests {

    private static final int CHUNK = 1_000;
    private static final int MOST_OF_A_SEARCH = 100;
    private static final int LONGEST_NONCE = 32;
    private static final long ALL_MEMBERS_EVERY_MILLIS = 30_000;

    private final Gateway gateway;
    private final Map<String, Long> allRequestedAt = new HashMap<>();

    MemberRequests(Gateway gateway) {
        this.gateway = gateway;
    }

    void answer(GatewayConnection connection, GatewaySession session, JsonNode request) {
        JsonNode guildId = request.path("guild_id");
        String id = guildId.isArray() ? guildId.path(0).asText() : guildId.asText();
        gateway.guilds().ofShard(session.shard(), session.shards()).stream()
                .filter(guild -> guild.idText().equals(id))
                .findFirst()
                .ifPresent(guild -> answer(connection, session, request, guild));
    }

    private void answer(GatewayConnection connection, GatewaySession session, JsonNode request, Guild guild) {
        Members members = new Members(guild, new Bot(session.botId()));
        if (request.hasNonNull("user_ids")) {
            chosen(session, request, members);
        } else if (!request.path("query").asText("").isEmpty()) {
            int limit = request.path("limit").asInt();
            String prefix = request.path("query").asText();
            IntStream found = members.all().filter(number -> members.isNamed(number, prefix));
            chunks(session, request, members, found.limit(limit <= 0 ? MOST_OF_A_SEARCH : Math.min(limit, 100)));
        } else if (!request.has("query")) {
            connection.note("members-refused", Map.of("reason", "neither query nor user_ids"));
        } else if (!session.intents().has(Intent.GUILD_MEMBERS)) {
            connection.note("members-refused", Map.of("reason", "all members without the intent GUILD_MEMBERS"));
        } else {
            all(session, request, members);
        }
    }

    private void chosen(GatewaySession session, JsonNode request, Members members) {
        List<Integer> found = new ArrayList<>();
        ArrayNode notFound = Json.array();
        JsonNode ids = request.get("user_ids");
        JsonNode list = ids.isArray() ? ids : Json.array().add(ids);
        for (int i = 0; i < Math.min(list.size(), MOST_OF_A_SEARCH); i++) {
            int number = members.numberOf(list.get(i).asText());
            if (number < 0) {
                notFound.add(list.get(i).asText());
            } else {
                found.add(number);
            }
        }
        chunk(session, request, members, found, 0, 1, notFound);
    }

    /** All members, or the first ones: once in 30 seconds per guild and bot. */
    private void all(GatewaySession session, JsonNode request, Members members) {
        int limit = request.path("limit").asInt();
        if (limit > 0) {
            chunks(session, request, members, members.all().limit(limit));
            return;
        }
        String key = session.botId() + "/" + members.guild().id();
        long now = System.currentTimeMillis();
        long allowedAt = allRequestedAt.getOrDefault(key, Long.MIN_VALUE / 2) + ALL_MEMBERS_EVERY_MILLIS;
        if (now < allowedAt) {
            rateLimited(session, request, members, (allowedAt - now) / 1_000.0);
            return;
        }
        allRequestedAt.put(key, now);
        chunks(session, request, members, members.all());
    }

    /** See [Discord Docs/Gateway Events/Rate Limited]. */
    private static void rateLimited(GatewaySession session, JsonNode request, Members members, double retryAfter) {
        ObjectNode limited =
                Json.object().put("opcode", Opcode.REQUEST_GUILD_MEMBERS).put("retry_after", retryAfter);
        ObjectNode meta =
                limited.putObject("meta").put("guild_id", members.guild().idText());
        addNonce(meta, request);
        session.dispatch("RATE_LIMITED", limited);
    }

    private static void chunks(GatewaySession session, JsonNode request, Members members, IntStream numbers) {
        List<Integer> all = numbers.boxed().toList();
        int count = Math.max(1, (all.size() + CHUNK - 1) / CHUNK);
        for (int index = 0; index < count; index++) {
            List<Integer> part = all.subList(index * CHUNK, Math.min(all.size(), (index + 1) * CHUNK));
            chunk(session, request, members, part, index, count, Json.array());
        }
    }

    /** See [Discord Docs/Gateway Events/Guild Members Chunk]. */
    private static void chunk(
            GatewaySession session,
            JsonNode request,
            Members members,
            List<Integer> numbers,
            int index,
            int count,
            ArrayNode notFound) {
        ObjectNode chunk = Json.object().put("guild_id", members.guild().idText());
        ArrayNode listed = chunk.putArray("members");
        numbers.forEach(number -> listed.add(members.member(number)));
        chunk.put("chunk_index", index).put("chunk_count", count);
        if (!notFound.isEmpty()) {
            chunk.set("not_found", notFound);
        }
        if (request.path("presences").asBoolean() && session.intents().has(Intent.GUILD_PRESENCES)) {
            ArrayNode presences = chunk.putArray("presences");
            numbers.stream().filter(members::isOnline).forEach(number -> presences.add(members.presence(number)));
        }
        addNonce(chunk, request);
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk);
    }

    /** One that is longer than 32 bytes is ignored. */
    private static void addNonce(ObjectNode to, JsonNode request) {
        String nonce = request.path("nonce").asText("");
        if (!nonce.isEmpty() && nonce.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NONCE) {
            to.put("nonce", nonce);
        }
    }
}
