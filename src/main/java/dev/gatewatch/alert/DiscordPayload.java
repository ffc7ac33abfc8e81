package dev.gatewatch.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A message for Discord's Execute Webhook: one embed, nobody mentioned.
 *
 * <p>Stays within Discord's limits: title 256, description 4096, field value 1024, footer 2048, all together 6000 characters. See
 * [Discord Docs/Message Resource/Embed Limits].
 */
final class DiscordPayload {

    private static final int TITLE = 256;
    private static final int DESCRIPTION = 3_000;
    private static final int FIELD = 1_024;
    private static final int GREEN = 0x2E_CC_71;
    private static final int GREY = 0x95_A5_A6;

    private DiscordPayload() {}

    static String of(AlertMessage message) {
        ObjectNode json = AlertJson.JSON.createObjectNode().put("username", "Gatewatch");
        json.putObject("allowed_mentions").putArray("parse");
        ObjectNode embed = json.putArray("embeds")
                .addObject()
                .put("title", Texts.cut(message.title(), TITLE))
                .put("description", Texts.cut(message.text(), DESCRIPTION))
                .put("color", color(message))
                .put("timestamp", message.at().toString());
        ArrayNode fields = embed.putArray("fields");
        if (message.occasion() != Occasion.TEST) {
            field(fields, "Severity", message.severity().name().toLowerCase(Locale.ROOT));
            field(fields, "Instance", message.instance());
            if (message.shardCount() > 1 && !message.shards().isEmpty()) {
                field(fields, "Shards", Words.shards(message.shards()) + " of " + message.shardCount());
            }
        }
        if (message.remedy() != null) {
            field(fields, "What to do", message.remedy());
        }
        embed.putObject("footer").put("text", Texts.cut("Gatewatch · " + message.alert(), TITLE));
        return json.toString();
    }

    private static void field(ArrayNode fields, String name, String value) {
        fields.addObject()
                .put("name", name)
                .put("value", Texts.cut(value, FIELD))
                .put("inline", value.length() < 40);
    }

    private static int color(AlertMessage message) {
        if (message.occasion() == Occasion.RESOLVED) {
            return GREEN;
        }
        if (message.occasion() == Occasion.TEST) {
            return GREY;
        }
        return switch (message.severity()) {
            case WARNING -> 0xF1_C4_0F;
            case ERROR -> 0xE6_7E_22;
            case CRITICAL -> 0xE7_4C_3C;
            case FATAL -> 0x99_2D_22;
        };
    }
}
