package dev.gatewatch.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A message for Slack's incoming webhooks and what is compatible with them: blocks, and a text for whoever shows no blocks.
 *
 * <p>Stays within Slack's limits: header 150, section 3000 characters. See [Slack Docs/Block Kit/Blocks].
 */
final class SlackPayload {

    private static final int HEADER = 150;
    private static final int SECTION = 3_000;
    private static final int TEXT = 1_000;

    private SlackPayload() {}

    static String of(AlertMessage message) {
        String title = mark(message) + " " + message.title();
        ObjectNode json = AlertJson.JSON
                .createObjectNode()
                .put("text", Texts.cut(Texts.slack(title + ": " + message.text()), TEXT));
        ArrayNode blocks = json.putArray("blocks");
        blocks.addObject()
                .put("type", "header")
                .putObject("text")
                .put("type", "plain_text")
                .put("text", Texts.cut(title, HEADER));
        section(blocks, message.text());
        if (message.remedy() != null) {
            section(blocks, "What to do: " + message.remedy());
        }
        blocks.addObject()
                .put("type", "context")
                .putArray("elements")
                .addObject()
                .put("type", "plain_text")
                .put(
                        "text",
                        "Gatewatch · " + message.instance() + " · "
                                + message.severity().name().toLowerCase(Locale.ROOT) + " · " + message.alert());
        return json.toString();
    }

    /** Escaping lengthens: it is done first, and the cut leaves no half an entity that would say something else. */
    private static void section(ArrayNode blocks, String text) {
        blocks.addObject()
                .put("type", "section")
                .putObject("text")
                .put("type", "mrkdwn")
                .put("text", Texts.cut(Texts.slack(text), SECTION));
    }

    private static String mark(AlertMessage message) {
        return switch (message.occasion()) {
            case RESOLVED -> "\u2705"; // a check mark
            case TEST -> "\u2139\uFE0F"; // an information sign
            default ->
                message.severity() == Severity.WARNING
                        ? "\u26A0\uFE0F"
                        : "\uD83D\uDD34"; // a warning sign, a red circle
        };
    }
}
