package dev.gatewatch.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discord4j.common.JacksonResources;
import discord4j.discordjson.json.ApplicationCommandData;
import discord4j.discordjson.json.ApplicationCommandOptionData;
import discord4j.discordjson.json.ApplicationCommandRequest;
import java.util.List;
import java.util.Set;

/**
 * What makes two descriptions of a command the same, however they are written: what Discord adds by itself is left out, and so is
 * what means nothing, such as {@code "required": false}.
 */
final class CommandShape {

    private static final ObjectMapper MAPPER = JacksonResources.create().getObjectMapper();

    /** Those of an option that we can set. */
    private static final Set<String> OPTION_FIELDS = Set.of(
            "type",
            "name",
            "description",
            "required",
            "choices",
            "options",
            "autocomplete",
            "channel_types",
            "min_value",
            "max_value",
            "min_length",
            "max_length",
            "value");

    private CommandShape() {}

    /** Whether Discord has it as it is wanted. */
    static boolean same(ApplicationCommandRequest wanted, ApplicationCommandData known) {
        return wanted.description().toOptional().orElse("").equals(known.description())
                && wanted.defaultMemberPermissions().equals(known.defaultMemberPermissions())
                && (wanted.contexts().isAbsent() || wanted.contexts().get().equals(known.contexts()))
                && options(wanted.options().toOptional().orElseGet(List::of))
                        .equals(options(known.options().toOptional().orElseGet(List::of)));
    }

    private static JsonNode options(List<ApplicationCommandOptionData> options) {
        return plain(MAPPER.valueToTree(options));
    }

    private static JsonNode plain(JsonNode node) {
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> list.add(plain(element)));
            return list;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().stream()
                    .filter(field -> OPTION_FIELDS.contains(field.getKey()) && !isNothing(field.getValue()))
                    .forEach(field -> object.set(field.getKey(), plain(field.getValue())));
            return object;
        }
        return node.isNumber() ? JsonNodeFactory.instance.numberNode(node.doubleValue()) : node;
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || (value.isBoolean() && !value.booleanValue()) || (value.isArray() && value.isEmpty());
    }
}
