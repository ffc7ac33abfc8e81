package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who shall use which slash command, and where.
 *
 * @param command its name
 * @param options by name with their values, or a list as Discord sends it, for subcommands
 * @param resolved what ids in the options stand for, as Discord sends it; the rest is made up
 * @param user the user's name; the same name is the same user
 * @param permissions what the user may do in the channel, as Discord's bit set
 * @param appPermissions what the bot may do there
 * @param guild the guild's index, from 0; null for the first one of {@code shard}
 * @param shard the shard whose guild it is; null for any
 * @param dm whether it happens in a direct message, where there is no guild and no member
 */
record InteractionRequest(
        String command,
        JsonNode options,
        JsonNode resolved,
        String user,
        String permissions,
        String appPermissions,
        @Nullable Integer guild,
        @Nullable Integer shard,
        boolean dm) {

    private static final List<String> FIELDS =
            List.of("command", "options", "resolved", "user", "permissions", "appPermissions", "guild", "shard", "dm");

    /** All permissions that exist. */
    private static final String EVERYTHING = "9007199254740991";

    /**
     * Reads the body of {@code POST /_sim/interactions}.
     *
     * @throws IllegalArgumentException when it is wrong; the message says what is expected
     */
    static InteractionRequest of(JsonNode json) {
        json.fieldNames()
                .forEachRemaining(name -> expect(FIELDS.contains(name), name, "left out: there is only " + FIELDS));
        JsonNode options = json.has("options") ? json.get("options") : Json.object();
        JsonNode resolved = json.has("resolved") ? json.get("resolved") : Json.object();
        expect(resolved.isObject(), "resolved", "an object, such as {\"users\": {ID: USER}}");
        expect(
                json.path("command").isTextual()
                        && !json.path("command").asText().isEmpty(),
                "command",
                "the name of a slash command");
        expect(options.isObject() || options.isArray(), "options", "an object of names and values");
        return new InteractionRequest(
                json.path("command").asText(),
                options,
                resolved,
                json.path("user").asText("somebody"),
                bits(json, "permissions", EVERYTHING),
                bits(json, "appPermissions", EVERYTHING),
                index(json, "guild"),
                index(json, "shard"),
                json.path("dm").asBoolean());
    }

    /** Somebody uses a command without options. */
    static InteractionRequest ofCommand(String command, @Nullable Integer guild, @Nullable Integer shard) {
        return new InteractionRequest(
                command, Json.object(), Json.object(), "somebody", EVERYTHING, EVERYTHING, guild, shard, false);
    }

    /** The options as Discord sends them: names, types and values. */
    JsonNode typedOptions(@Nullable JsonNode registered) {
        if (options.isArray()) {
            return options;
        }
        var list = Json.array();
        options.properties().forEach(option -> {
            ObjectNode typed = Json.object()
                    .put("name", option.getKey())
                    .put("type", type(option.getKey(), option.getValue(), registered));
            typed.set("value", option.getValue());
            list.add(typed);
        });
        return list;
    }

    /** As it is registered, else what the value looks like. See [Discord Docs/Application Commands: Option Type]. */
    private static int type(String name, JsonNode value, @Nullable JsonNode registered) {
        if (registered != null) {
            for (JsonNode option : registered.path("options")) {
                if (option.path("name").asText().equals(name)) {
                    return option.path("type").asInt();
                }
            }
        }
        if (value.isBoolean()) {
            return 5;
        }
        return value.isIntegralNumber() ? 4 : value.isNumber() ? 10 : 3;
    }

    private static String bits(JsonNode json, String name, String fallback) {
        String bits = json.path(name).asText(fallback);
        expect(bits.matches("[0-9]{1,19}"), name, "Discord's bit set of permissions, e.g. \"8\" for ADMINISTRATOR");
        return bits;
    }

    private static @Nullable Integer index(JsonNode json, String name) {
        JsonNode index = json.path(name);
        expect(index.isMissingNode() || (index.isInt() && index.intValue() >= 0), name, "a whole number, 0 or more");
        return index.isInt() ? (Integer) index.intValue() : null;
    }

    private static void expect(boolean right, String name, String expected) {
        if (!right) {
            throw new IllegalArgumentException("\"" + name + "\" must be " + expected);
        }
    }
}
