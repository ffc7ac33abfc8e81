package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Discord takes for a message, and what it makes of it.
 *
 * <p>See [Discord Docs/Message: Embed Limits].
 */
final class MessageRules {

    private static final int EPHEMERAL = 1 << 6;
    private static final int MOST_FIELDS = 25;
    private static final int MOST_EMBEDS = 10;
    private static final int MOST_IN_EMBEDS = 6_000;

    private MessageRules() {}

    /** Why Discord would not take it; null when it would. */
    static @Nullable Reply refusalOf(JsonNode data) {
        JsonNode embeds = data.path("embeds");
        if (data.path("content").asText("").isEmpty()
                && embeds.isEmpty()
                && data.path("components").isEmpty()
                && !data.has("notJson")) {
            return Reply.error(400, "Cannot send an empty message", 50006);
        }
        if (data.path("content").asText("").length() > 2_000) {
            return invalid("content: 2000 or fewer in length");
        }
        if (embeds.size() > MOST_EMBEDS) {
            return invalid("embeds: 10 or fewer");
        }
        int total = 0;
        for (JsonNode embed : embeds) {
            Reply refusal = refusalOfEmbed(embed);
            if (refusal != null) {
                return refusal;
            }
            total += size(embed);
        }
        return total > MOST_IN_EMBEDS ? invalid("embeds: 6000 or fewer in length together") : null;
    }

    static Reply invalid(String what) {
        return Reply.json(
                400,
                Json.object()
                        .put("message", "Invalid Form Body")
                        .put("code", 50035)
                        .put("errors", what));
    }

    /** See [Discord Docs/Message: Message Object]. */
    static ObjectNode message(String id, JsonNode data, boolean ephemeral) {
        ObjectNode message = Json.object().put("id", id).put("channel_id", "1100000000000000003");
        message.put("type", 20)
                .put("content", data.path("content").asText(""))
                .put("tts", false)
                .put("pinned", false);
        message.put("timestamp", "2026-01-01T00:00:00.000000+00:00").putNull("edited_timestamp");
        message.put("flags", ephemeral ? EPHEMERAL : 0).put("mention_everyone", false);
        List.of("mentions", "mention_roles", "attachments").forEach(message::putArray);
        message.set("embeds", data.path("embeds").isArray() ? typed(data.path("embeds")) : Json.array());
        message.set("components", data.path("components").isArray() ? data.path("components") : Json.array());
        message.set("author", new Bot(1100000000000000001L).user());
        return message;
    }

    private static @Nullable Reply refusalOfEmbed(JsonNode embed) {
        if (longer(embed, "title", 256)
                || longer(embed, "description", 4_096)
                || longer(embed.path("footer"), "text", 2_048)) {
            return invalid("embeds: title, description or footer too long");
        }
        if (embed.path("fields").size() > MOST_FIELDS) {
            return invalid("embeds: 25 fields or fewer");
        }
        for (JsonNode field : embed.path("fields")) {
            boolean empty = field.path("name").asText("").isEmpty()
                    || field.path("value").asText("").isEmpty();
            if (empty || longer(field, "name", 256) || longer(field, "value", 1_024)) {
                return invalid("embeds: a field has a name of 1 to 256 and a value of 1 to 1024 characters");
            }
        }
        return null;
    }

    private static boolean longer(JsonNode node, String name, int most) {
        return node.path(name).asText("").length() > most;
    }

    private static int size(JsonNode embed) {
        int size = embed.path("title").asText("").length()
                + embed.path("description").asText("").length()
                + embed.path("footer").path("text").asText("").length();
        for (JsonNode field : embed.path("fields")) {
            size += field.path("name").asText("").length()
                    + field.path("value").asText("").length();
        }
        return size;
    }

    private static JsonNode typed(JsonNode embeds) {
        JsonNode copy = embeds.deepCopy();
        copy.forEach(embed -> ((ObjectNode) embed).put("type", "rich"));
        return copy;
    }
}
