package dev.gatewatch.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewatch.history.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A message as JSON: what {@code json} targets receive and what the outbox keeps. The README lists the fields. */
final class AlertJson {

    static final ObjectMapper JSON = new ObjectMapper();

    private AlertJson() {}

    static String write(AlertMessage message) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", message.id())
                .put("instance", message.instance())
                .put("alert", message.alert())
                .put("event", message.occasion().word())
                .put("rule", message.rule())
                .put("severity", lower(message.severity()))
                .put("title", message.title())
                .put("text", message.text())
                .put("time", message.at().toString())
                .put("since", message.since().toString())
                .put("duration_seconds", message.duration().toMillis() / 1_000.0);
        ArrayNode shards = json.putArray("shards");
        message.shards().forEach(shards::add);
        json.put("shard_count", message.shardCount()).put("remedy", message.remedy());
        Verdict verdict = message.verdict();
        if (verdict == null) {
            json.putNull("verdict");
        } else {
            ObjectNode judged = json.putObject("verdict")
                    .put("blame", lower(verdict.blame()))
                    .put("confidence", lower(verdict.confidence()));
            ArrayNode evidence = judged.putArray("evidence");
            verdict.evidence().forEach(evidence::add);
        }
        return json.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static AlertMessage read(String text) {
        JsonNode json = parse(text);
        return new AlertMessage(
                json.path("id").asText(),
                json.path("instance").asText(),
                json.path("alert").asText(),
                constant(Occasion.class, json.path("event")),
                json.path("rule").asText(),
                constant(Severity.class, json.path("severity")),
                json.path("title").asText(),
                json.path("text").asText(),
                Instant.parse(json.path("time").asText()),
                Instant.parse(json.path("since").asText()),
                Duration.ofMillis(Math.round(json.path("duration_seconds").asDouble() * 1_000)),
                numbers(json.path("shards")),
                json.path("shard_count").asInt(),
                json.path("remedy").asText(null),
                verdict(json.path("verdict")));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }

    private static @Nullable Verdict verdict(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        List<String> evidence = new ArrayList<>();
        json.path("evidence").forEach(one -> evidence.add(one.asText()));
        return new Verdict(
                constant(Verdict.Blame.class, json.path("blame")),
                constant(Verdict.Confidence.class, json.path("confidence")),
                evidence);
    }

    private static List<Integer> numbers(JsonNode json) {
        List<Integer> numbers = new ArrayList<>();
        json.forEach(one -> numbers.add(one.asInt()));
        return numbers;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode json) {
        return Enum.valueOf(type, json.asText().toUpperCase(Locale.ROOT));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
