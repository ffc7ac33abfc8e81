package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What Discord makes of a message that a bot sends or edits. See [Discord Docs/Message: Message Object]. */
final class Message {

    static final int EPHEMERAL = 1 << 6;

    private static final int REPLY = 19;
    private static final int CHAT_INPUT_COMMAND = 20;

    private Message() {}

    /** A message in a channel. */
    static ObjectNode inChannel(Bot bot, String channel, RequestBody body) {
        ObjectNode message = message(bot, Snowflakes.next(), channel, body);
        JsonNode reference = body.json().path("message_reference");
        if (reference.isObject()) {
            message.put("type", REPLY).set("message_reference", reference);
        }
        if (body.json().has("nonce")) {
            message.set("nonce", body.json().get("nonce"));
        }
        return message;
    }

    /**
     * A message that answers an interaction.
     *
     * @param interaction the data of its INTERACTION_CREATE
     * @param original the id of the first response; of this very message when it is the first
     */
    static ObjectNode ofInteraction(
            JsonNode interaction, String id, String original, RequestBody body, boolean ephemeral) {
        String application = interaction.path("application_id").asText();
        Bot bot = new Bot(Long.parseLong(application));
        ObjectNode message = message(bot, id, interaction.path("channel_id").asText(), body);
        message.put("application_id", application).put("webhook_id", application);
        message.put("flags", (message.path("flags").asInt() & ~EPHEMERAL) | (ephemeral ? EPHEMERAL : 0));
        JsonNode user = interaction.has("member") ? interaction.at("/member/user") : interaction.path("user");
        ObjectNode metadata = message.putObject("interaction_metadata");
        metadata.set("id", interaction.path("id"));
        metadata.set("type", interaction.path("type"));
        metadata.set("user", user);
        metadata.set("authorizing_integration_owners", interaction.path("authorizing_integration_owners"));
        if (id.equals(original)) {
            message.put("type", CHAT_INPUT_COMMAND);
        } else {
            metadata.put("original_response_message_id", original);
        }
        return message;
    }

    /** The message with the fields that an edit names. */
    static ObjectNode edited(ObjectNode message, RequestBody body) {
        ObjectNode edited = message.deepCopy().put("edited_timestamp", Timestamps.now());
        JsonNode changes = body.json();
        if (changes.has("content")) {
            edited.put("content", changes.path("content").asText(""));
        }
        for (String list : List.of("embeds", "components")) {
            if (changes.has(list)) {
                edited.set(list, list(changes, list));
            }
        }
        ArrayNode attachments = edited.withArray("attachments");
        if (changes.path("attachments").isArray()) {
            keepOnly(attachments, changes.path("attachments"));
        }
        attachments.addAll(attachments(message.path("channel_id").asText(), body));
        return edited;
    }

    private static ObjectNode message(Bot bot, String id, String channel, RequestBody body) {
        JsonNode data = body.json();
        ObjectNode message = Json.object().put("id", id).put("channel_id", channel);
        message.set("author", bot.user());
        message.put("content", data.path("content").asText("")).put("timestamp", Timestamps.now());
        message.putNull("edited_timestamp")
                .put("tts", data.path("tts").asBoolean())
                .put("mention_everyone", false);
        List.of("mentions", "mention_roles").forEach(message::putArray);
        message.set("attachments", attachments(channel, body));
        message.set("embeds", list(data, "embeds"));
        message.put("pinned", false)
                .put("type", 0)
                .put("flags", data.path("flags").asInt());
        message.set("components", list(data, "components"));
        return message;
    }

    private static ArrayNode attachments(String channel, RequestBody body) {
        ArrayNode attachments = Json.array();
        for (RequestBody.UploadedFile file : body.files()) {
            ObjectNode attachment = attachment(Snowflakes.next(), channel, file.filename(), file.contentType())
                    .put("size", file.size());
            for (JsonNode described : body.json().path("attachments")) {
                if (described.path("id").asText().equals(file.number()) && described.has("description")) {
                    attachment.set("description", described.get("description"));
                }
            }
            attachments.add(attachment);
        }
        return attachments;
    }

    /** See [Discord Docs/Message: Attachment Object]; nothing can be fetched from its address. */
    static ObjectNode attachment(String id, String channel, String filename, String contentType) {
        String address = "https://cdn.invalid/attachments/" + channel + "/" + id + "/" + filename;
        return Json.object()
                .put("id", id)
                .put("filename", filename)
                .put("content_type", contentType)
                .put("size", 0)
                .put("url", address)
                .put("proxy_url", address);
    }

    private static void keepOnly(ArrayNode attachments, JsonNode kept) {
        for (int i = attachments.size() - 1; i >= 0; i--) {
            String id = attachments.get(i).path("id").asText();
            boolean named = false;
            for (JsonNode one : kept) {
                named |= one.path("id").asText().equals(id);
            }
            if (!named) {
                attachments.remove(i);
            }
        }
    }

    private static ArrayNode list(JsonNode data, String name) {
        ArrayNode copy = Json.array();
        data.path(name).forEach(element -> copy.add(element.deepCopy()));
        if (name.equals("embeds")) {
            copy.forEach(embed -> ((ObjectNode) embed).put("type", "rich"));
        }
        return copy;
    }
}
