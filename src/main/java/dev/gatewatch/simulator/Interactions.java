package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What users asked of the bot, what it answered, and Discord's rules about that; the newest 1,000 are kept. On the event loop.
 *
 * <p>See [Discord Docs/Interactions/Receiving and Responding].
 */
final class Interactions {

    private static final int CAPACITY = 1_000;

    private final Gateway gateway;
    private final Map<String, UserInteraction> byToken = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    Interactions(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Delivers an interaction to the session that sees its guild; a direct message goes to shard 0.
     *
     * @throws IllegalArgumentException when there is no such guild or shard, or nobody is logged in for it
     */
    ObjectNode begin(InteractionRequest request) {
        GatewaySession session = sessionFor(request);
        Guild guild = guildFor(request, session);
        String application = Long.toString(session.botId());
        JsonNode registered = gateway.commands()
                .find(application, Long.toString(guild.id()), request.command())
                .orElse(null);
        String id = Snowflakes.next();
        String token = token();
        ObjectNode origin = Json.object()
                .put("guild", request.dm() ? null : Long.toString(guild.id()))
                .put("shard", session.shard())
                .put("registered", registered != null);
        ObjectNode event = Interaction.of(request, id, token, session.botId(), guild, registered);
        UserInteraction interaction = new UserInteraction(
                id, token, request, origin, event, gateway.rules().interactionTimes());
        byToken.put(token, interaction);
        if (byToken.size() > CAPACITY) {
            byToken.remove(byToken.keySet().iterator().next());
        }
        session.dispatch("INTERACTION_CREATE", event);
        return interaction.view();
    }

    Reply callback(String id, String token, HttpCall call) {
        return recorded(
                byToken.get(token), call, Reply.error(404, "Unknown interaction", 10062), body -> interaction(token)
                        .filter(interaction -> interaction.id().equals(id))
                        .map(interaction -> interaction.callback(body, call.isTrue("with_response")))
                        .orElseGet(() -> Reply.error(404, "Unknown interaction", 10062)));
    }

    Reply webhook(String token, @Nullable String message, HttpCall call) {
        return recorded(
                byToken.get(token), call, Reply.error(401, "Invalid Webhook Token", 50027), body -> interaction(token)
                        .map(interaction -> interaction.webhook(call.method(), message, body))
                        .orElseThrow());
    }

    /** All of them, oldest first. */
    List<JsonNode> views() {
        return byToken.values().stream().<JsonNode>map(UserInteraction::view).toList();
    }

    Optional<ObjectNode> view(String id) {
        return byToken.values().stream()
                .filter(interaction -> interaction.id().equals(id))
                .findFirst()
                .map(UserInteraction::view);
    }

    private Reply recorded(
            @Nullable UserInteraction interaction, HttpCall call, Reply unknown, Function<RequestBody, Reply> answer) {
        if (interaction == null) {
            return unknown;
        }
        RequestBody body;
        try {
            body = RequestBody.of(call);
        } catch (IOException e) {
            return Reply.error(400, "The request body contains invalid JSON.", 50109);
        }
        Reply reply = body.json().isObject()
                ? answer.apply(body)
                : new FormError("_", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType").reply();
        interaction.record(call.method(), call.path(), body.view(), reply);
        return reply;
    }

    private Optional<UserInteraction> interaction(String token) {
        return Optional.ofNullable(byToken.get(token));
    }

    /** The newest session for the shard, a connected one if there is any. */
    private GatewaySession sessionFor(InteractionRequest request) {
        List<GatewaySession> meant = gateway.sessions().alive().stream()
                .filter(session -> concerns(request, session))
                .toList();
        return meant.stream()
                .filter(session -> session.connection() != null)
                .reduce((older, newer) -> newer)
                .or(() -> meant.stream().max(Comparator.comparingLong(GatewaySession::detachedAt)))
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "no bot is logged in for that guild or shard; log one in, or choose another \"guild\" or \"shard\""));
    }

    private boolean concerns(InteractionRequest request, GatewaySession session) {
        Integer shard = request.shard();
        if (shard != null && shard != session.shard()) {
            return false;
        }
        List<Guild> seen = gateway.guilds().ofShard(session.shard(), session.shards());
        Integer guild = request.guild();
        if (guild != null) {
            List<Guild> all = gateway.guilds().all();
            return guild < all.size() && seen.contains(all.get(guild));
        }
        return request.dm() ? session.shard() == 0 : !seen.isEmpty();
    }

    private Guild guildFor(InteractionRequest request, GatewaySession session) {
        Integer guild = request.guild();
        if (guild == null && !request.dm()) {
            return gateway.guilds().ofShard(session.shard(), session.shards()).get(0);
        }
        return gateway.guilds().all().get(guild == null ? 0 : guild);
    }

    private String token() {
        byte[] bytes = new byte[48];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
