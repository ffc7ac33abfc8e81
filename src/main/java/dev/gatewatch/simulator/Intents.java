package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a session has asked for: which events it gets, and how much of them.
 *
 * @param bits as in IDENTIFY. See [Discord Docs/Gateway/Gateway Intents]
 */
record Intents(long bits) {

    static final Intents ALL =
            new Intents(Arrays.stream(Intent.values()).mapToLong(Intent::bit).reduce(0, (left, right) -> left | right));

    private static final List<String> WITH_CONTENT = List.of("MESSAGE_CREATE", "MESSAGE_UPDATE");

    /** Reads IDENTIFY's field, which some libraries send as a string; empty when Discord would close with 4013. */
    static Optional<Intents> of(JsonNode field, GatewayParameters parameters) {
        if (field.isMissingNode() && !parameters.requiresIntents()) {
            return Optional.of(ALL);
        }
        boolean isNumber =
                field.isIntegralNumber() || (field.isTextual() && field.asText().matches("[0-9]{1,18}"));
        long bits = field.asLong();
        return isNumber && (bits & ~ALL.bits) == 0 ? Optional.of(new Intents(bits)) : Optional.empty();
    }

    boolean has(Intent intent) {
        return (bits & intent.bit()) != 0;
    }

    /** Whether the bot with this id gets an event. */
    boolean allow(String type, JsonNode data, long botId) {
        List<Intent> carriers = Intent.carriersOf(type);
        if (carriers.isEmpty() || isAboutTheBot(type, data, botId)) {
            return true;
        }
        boolean direct = !data.has("guild_id") && carriers.stream().anyMatch(Intent::direct);
        return carriers.stream().filter(intent -> intent.direct() == direct).anyMatch(this::has);
    }

    /** The event's data as the bot with this id may see it. See [Discord Docs/Gateway/Message Content Intent]. */
    JsonNode visible(String type, JsonNode data, long botId) {
        if (has(Intent.MESSAGE_CONTENT) || !(data instanceof ObjectNode)) {
            return data;
        }
        if (type.equals("AUTO_MODERATION_ACTION_EXECUTION")) {
            return data.<ObjectNode>deepCopy().put("content", "").put("matched_content", "");
        }
        boolean hidden = WITH_CONTENT.contains(type) && data.has("guild_id") && !concerns(data, botId);
        return hidden ? withoutContent(data.deepCopy()) : data;
    }

    private static boolean isAboutTheBot(String type, JsonNode data, long botId) {
        return type.equals("GUILD_MEMBER_UPDATE") && isBot(data.path("user"), botId);
    }

    /** Whether the bot wrote the message or is mentioned in it. */
    private static boolean concerns(JsonNode message, long botId) {
        boolean concerned = isBot(message.path("author"), botId);
        for (JsonNode mentioned : message.path("mentions")) {
            concerned |= isBot(mentioned, botId);
        }
        return concerned;
    }

    private static boolean isBot(JsonNode user, long botId) {
        return user.path("id").asText().equals(Long.toString(botId));
    }

    private static ObjectNode withoutContent(ObjectNode message) {
        message.put("content", "").remove("poll");
        List.of("embeds", "attachments", "components").forEach(message::putArray);
        return message;
    }
}
