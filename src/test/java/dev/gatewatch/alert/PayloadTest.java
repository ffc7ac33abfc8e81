package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Discord and Slack are sent stays within what they take, whatever is in it. */
class PayloadTest {

    /** Far too long, with mentions, markup, and characters of two UTF-16 units at every place a cut could tear one. */
    private static final String MONSTER = "@everyone <!channel> <@1> & \"\\\u0000\n" + "\uD83D\uDD34x".repeat(5_000);

    private final AlertMessage plain =
            Messages.message("1", Messages.NOW, "Gateway down", "Not connected.", "Do this.", null);
    private final AlertMessage monster =
            Messages.message("1", Messages.NOW, MONSTER, MONSTER, MONSTER, Messages.VERDICT);

    @Test
    void tellsDiscordInAnEmbed() throws Exception {
        JsonNode json = parse(DiscordPayload.of(plain));

        JsonNode embed = json.path("embeds").path(0);
        assertThat(embed.path("title").asText()).isEqualTo("Gateway down");
        assertThat(embed.path("description").asText()).isEqualTo("Not connected.");
        assertThat(embed.path("timestamp").asText()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(fields(embed))
                .containsExactly(
                        "Severity=error", "Instance=default", "Shards=shards 0, 2 of 4", "What to do=Do this.");
    }

    @Test
    void mentionsNobodyOnDiscord() throws Exception {
        JsonNode mentions = parse(DiscordPayload.of(monster)).path("allowed_mentions");

        assertThat(mentions.path("parse").isArray()).isTrue();
        assertThat(mentions.path("parse")).isEmpty();
    }

    @Test
    void staysWithinDiscordsLimits() throws Exception {
        JsonNode embed = parse(DiscordPayload.of(monster)).path("embeds").path(0);

        int total = embed.path("title").asText().length()
                + embed.path("description").asText().length()
                + embed.path("footer").path("text").asText().length();
        assertThat(embed.path("title").asText()).hasSizeLessThanOrEqualTo(256).endsWith("…");
        assertThat(embed.path("description").asText()).hasSizeLessThanOrEqualTo(4_096);
        assertThat(embed.path("footer").path("text").asText()).hasSizeLessThanOrEqualTo(2_048);
        assertThat(embed.path("fields")).hasSizeLessThanOrEqualTo(25);
        for (JsonNode field : embed.path("fields")) {
            assertThat(field.path("name").asText()).isNotBlank().hasSizeLessThanOrEqualTo(256);
            assertThat(field.path("value").asText()).isNotBlank().hasSizeLessThanOrEqualTo(1_024);
            total += field.path("name").asText().length()
                    + field.path("value").asText().length();
        }
        assertThat(total).isLessThanOrEqualTo(6_000);
        assertThat(embed.toString()).satisfies(PayloadTest::hasNoTornCharacter);
    }

    @Test
    void tellsSlackInBlocksAndInText() throws Exception {
        JsonNode json = parse(SlackPayload.of(plain));

        assertThat(json.path("text").asText()).endsWith("Gateway down: Not connected.");
        assertThat(json.path("blocks").path(0).path("type").asText()).isEqualTo("header");
        assertThat(json.path("blocks").path(1).path("text").path("text").asText())
                .isEqualTo("Not connected.");
        assertThat(json.path("blocks").path(2).path("text").path("text").asText())
                .isEqualTo("What to do: Do this.");
    }

    @Test
    void staysWithinSlacksLimitsAndMentionsNobody() throws Exception {
        JsonNode json = parse(SlackPayload.of(monster));

        assertThat(json.path("blocks").path(0).path("text").path("text").asText())
                .hasSizeLessThanOrEqualTo(150);
        for (JsonNode block : json.path("blocks")) {
            if (block.path("type").asText().equals("section")) {
                assertThat(block.path("text").path("text").asText())
                        .hasSizeLessThanOrEqualTo(3_000)
                        .contains("&lt;!channel&gt; &lt;@1&gt; &amp;")
                        .doesNotContain("<");
            }
        }
        assertThat(json.path("text").asText()).hasSizeLessThan(4_000).doesNotContain("<!channel>");
        assertThat(json.toString()).satisfies(PayloadTest::hasNoTornCharacter);
    }

    @Test
    void givesBackFromJsonWhatWasWritten() {
        for (AlertMessage message : List.of(plain, monster, AlertMessage.test("2", "default", Messages.NOW))) {
            assertThat(AlertJson.read(AlertJson.write(message))).isEqualTo(message);
        }
    }

    private static void hasNoTornCharacter(String text) {
        assertThat(text.codePoints().filter(point -> point >= 0xD800 && point <= 0xDFFF))
                .isEmpty();
    }

    private static List<String> fields(JsonNode embed) {
        List<String> fields = new ArrayList<>();
        embed.path("fields")
                .forEach(field -> fields.add(
                        field.path("name").asText() + "=" + field.path("value").asText()));
        return fields;
    }

    private static JsonNode parse(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
