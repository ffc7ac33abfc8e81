package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The registered application commands, per application and guild.
 *
 * <p>See [Discord Docs/Application Commands/Endpoints].
 */
final class ApplicationCommands {

    private final Map<String, Map<String, ObjectNode>> scopes = new LinkedHashMap<>();
    private long lastId = 1_200_000_000_000_000_000L;

    /** Answers a request to {@code /applications/{application}{scope}[/{id}]}. */
    Reply answer(String method, String application, String scope, @Nullable String id, JsonNode body) {
        Map<String, ObjectNode> commands = scopes.computeIfAbsent(application + scope, key -> new LinkedHashMap<>());
        if (id == null) {
            return switch (method) {
                case "GET" -> Reply.json(200, list(commands));
                case "PUT" -> overwrite(commands, application, scope, body);
                case "POST" -> create(commands, application, scope, body);
                default -> Reply.error(405, "Method Not Allowed");
            };
        }
        ObjectNode command = commands.get(id);
        if (command == null) {
            return Reply.error(404, "Unknown application command", 10063);
        }
        return switch (method) {
            case "GET" -> Reply.json(200, command);
            case "PATCH" -> edit(command, body);
            case "DELETE" -> {
                commands.remove(id);
                yield Reply.empty();
            }
            default -> Reply.error(405, "Method Not Allowed");
        };
    }

    /** The command that a member of a guild can use under this name; the guild's own come first. */
    Optional<JsonNode> find(String application, String guild, String name) {
        return Stream.of("/guilds/" + guild + "/commands", "/commands")
                .map(scope -> scopes.getOrDefault(application + scope, Map.of()))
                .flatMap(commands -> commands.values().stream())
                .filter(command -> command.path("name").asText().equals(name))
                .<JsonNode>map(command -> command)
                .findFirst();
    }

    private Reply overwrite(Map<String, ObjectNode> commands, String application, String scope, JsonNode body) {
        int index = 0;
        for (JsonNode wanted : body) {
            FormError error = CommandRules.errorOf(wanted);
            if (error != null) {
                return error.under(Integer.toString(index)).reply();
            }
            index++;
        }
        Map<String, ObjectNode> before = new LinkedHashMap<>(commands);
        commands.clear();
        for (JsonNode wanted : body) {
            before.values().stream()
                    .filter(known -> sameName(known, wanted))
                    .findFirst()
                    .ifPresent(known -> commands.put(known.path("id").asText(), known));
            upsert(commands, application, scope, wanted);
        }
        return Reply.json(200, list(commands));
    }

    private Reply create(Map<String, ObjectNode> commands, String application, String scope, JsonNode wanted) {
        boolean known = commands.values().stream().anyMatch(command -> sameName(command, wanted));
        FormError error = CommandRules.errorOf(wanted);
        return error == null
                ? Reply.json(known ? 200 : 201, upsert(commands, application, scope, wanted))
                : error.reply();
    }

    private static Reply edit(ObjectNode command, JsonNode changes) {
        ObjectNode changed = command.deepCopy().setAll(object(changes));
        FormError error = CommandRules.errorOf(changed);
        return error == null ? Reply.json(200, command.setAll(changed)) : error.reply();
    }

    /** A command with a known name replaces it and keeps its id. */
    private ObjectNode upsert(Map<String, ObjectNode> commands, String application, String scope, JsonNode wanted) {
        String id = commands.values().stream()
                .filter(known -> sameName(known, wanted))
                .findFirst()
                .map(known -> known.path("id").asText())
                .orElseGet(() -> Long.toString(++lastId));
        ObjectNode command =
                Json.object().put("id", id).put("application_id", application).put("type", 1);
        command.put("version", Long.toString(++lastId)).put("description", "").putNull("default_member_permissions");
        command.put("nsfw", false).putNull("name_localizations").putNull("description_localizations");
        command.putNull("contexts").putArray("integration_types").add(0);
        if (scope.startsWith("/guilds/")) {
            command.put("guild_id", scope.split("/")[2]);
        }
        command.setAll(object(wanted));
        commands.put(id, command);
        return command;
    }

    private static boolean sameName(JsonNode known, JsonNode wanted) {
        return known.path("name").equals(wanted.path("name"))
                && known.path("type").asInt(1) == wanted.path("type").asInt(1);
    }

    private static ObjectNode object(JsonNode body) {
        return body instanceof ObjectNode object ? object : Json.object();
    }

    private static ArrayNode list(Map<String, ObjectNode> commands) {
        ArrayNode list = Json.array();
        commands.values().forEach(list::add);
        return list;
    }
}
