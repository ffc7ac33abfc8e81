package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Discord takes for a message.
 *
 * <p>See [Discord Docs/Message: Embed Limits].
 */
final class MessageRules {

    private static final int MOST_CONTENT = 2_000;
    private static final int MOST_FIELDS = 25;
    private static final int MOST_EMBEDS = 10;
    private static final int MOST_IN_EMBEDS = 6_000;
    private static final int MOST_IN_NAME = 256;
    private static final int MOST_IN_VALUE = 1_024;
    private static final List<String> CONTENTS = List.of("embeds", "components", "sticker_ids", "attachments", "poll");

    private MessageRules() {}

    /** Why Discord would not take it; null when it would. */
    static @Nullable Reply refusalOf(RequestBody body) {
        JsonNode data = body.json();
        boolean empty = data.path("content").asText("").isEmpty()
                && body.files().isEmpty()
                && CONTENTS.stream().allMatch(name -> data.path(name).isEmpty());
        if (empty) {
            return Reply.error(400, "Cannot send an empty message", 50006);
        }
        FormError error = errorOf(data);
        return error == null ? null : error.reply();
    }

    private static @Nullable FormError errorOf(JsonNode data) {
        if (longer(data, "content", MOST_CONTENT)) {
            return FormError.tooLong("content", MOST_CONTENT);
        }
        JsonNode embeds = data.path("embeds");
        if (embeds.size() > MOST_EMBEDS) {
            return FormError.badLength("embeds", 0, MOST_EMBEDS);
        }
        int total = 0;
        for (int i = 0; i < embeds.size(); i++) {
            FormError error = errorOfEmbed(embeds.get(i));
            if (error != null) {
                return error.under("embeds." + i);
            }
            total += size(embeds.get(i));
        }
        return total <= MOST_IN_EMBEDS
                ? null
                : new FormError(
                        "embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of " + MOST_IN_EMBEDS);
    }

    private static @Nullable FormError errorOfEmbed(JsonNode embed) {
        if (longer(embed, "title", MOST_IN_NAME)) {
            return FormError.tooLong("title", MOST_IN_NAME);
        }
        if (longer(embed, "description", 4_096)) {
            return FormError.tooLong("description", 4_096);
        }
        if (longer(embed.path("footer"), "text", 2_048)) {
            return FormError.tooLong("footer.text", 2_048);
        }
        if (longer(embed.path("author"), "name", MOST_IN_NAME)) {
            return FormError.tooLong("author.name", MOST_IN_NAME);
        }
        JsonNode fields = embed.path("fields");
        if (fields.size() > MOST_FIELDS) {
            return FormError.badLength("fields", 0, MOST_FIELDS);
        }
        for (int i = 0; i < fields.size(); i++) {
            FormError error = errorOfField(fields.get(i));
            if (error != null) {
                return error.under("fields." + i);
            }
        }
        return null;
    }

    private static @Nullable FormError errorOfField(JsonNode field) {
        for (String name : List.of("name", "value")) {
            int most = name.equals("name") ? MOST_IN_NAME : MOST_IN_VALUE;
            if (field.path(name).asText("").isEmpty()) {
                return FormError.required(name);
            }
            if (longer(field, name, most)) {
                return FormError.tooLong(name, most);
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
                + embed.path("footer").path("text").asText("").length()
                + embed.path("author").path("name").asText("").length();
        for (JsonNode field : embed.path("fields")) {
            size += field.path("name").asText("").length()
                    + field.path("value").asText("").length();
        }
        return size;
    }
}
