package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What the ids in a command's options stand for.
 *
 * <p>See [Discord Docs/Interactions/Receiving and Responding: Resolved Data Structure].
 */
final class Resolved {

    private static final int USER = 6;
    private static final int CHANNEL = 7;
    private static final int ROLE = 8;
    private static final int MENTIONABLE = 9;
    private static final int ATTACHMENT = 11;
    private static final List<String> OF_A_MEMBER_ELSEWHERE = List.of("user", "deaf", "mute");
    private static final List<String> OF_A_CHANNEL = List.of(
            "id", "name", "type", "last_message_id", "last_pin_timestamp", "nsfw", "parent_id", "guild_id", "flags");

    private final GuildDocuments documents;
    private final InteractionRequest request;
    private final ObjectNode resolved = Json.object();

    Resolved(GuildDocuments documents, InteractionRequest request) {
        this.documents = documents;
        this.request = request;
    }

    /** Looks up the ids in the options; what the request gives itself goes before what this makes up. */
    ObjectNode of(JsonNode options) {
        options.forEach(this::add);
        request.resolved().properties().forEach(kind -> kind.getValue()
                .properties()
                .forEach(object -> resolved.withObjectProperty(kind.getKey()).set(object.getKey(), object.getValue())));
        return resolved;
    }

    private void add(JsonNode option) {
        option.path("options").forEach(this::add);
        String id = option.path("value").asText();
        switch (option.path("type").asInt()) {
            case USER -> user(id);
            case CHANNEL -> resolved.withObjectProperty("channels").set(id, channel(id));
            case ROLE -> resolved.withObjectProperty("roles").set(id, role(id).orElseGet(() -> unknownRole(id)));
            case MENTIONABLE ->
                role(id).ifPresentOrElse(
                                role -> resolved.withObjectProperty("roles").set(id, role), () -> user(id));
            case ATTACHMENT ->
                resolved.withObjectProperty("attachments")
                        .set(id, Message.attachment(id, "0", "file.txt", "text/plain"));
            default -> {} // a value that is no id
        }
    }

    private void user(String id) {
        Members members = documents.members();
        int number = members.numberOf(id);
        ObjectNode user = number < 0 ? Members.user(id, "user" + id) : members.user(number);
        resolved.withObjectProperty("users").set(id, user);
        if (!request.dm()) {
            ObjectNode member = number < 0 ? members.member(user) : members.member(number);
            member.remove(OF_A_MEMBER_ELSEWHERE);
            resolved.withObjectProperty("members").set(id, member.put("permissions", request.permissions()));
        }
    }

    private ObjectNode channel(String id) {
        JsonNode known = documents.channel(id).orElseGet(() -> Json.object()
                .put("id", id)
                .put("name", "channel-" + id)
                .put("type", 0)
                .putNull("parent_id")
                .put("flags", 0));
        ObjectNode channel = Json.object();
        OF_A_CHANNEL.stream().filter(known::has).forEach(name -> channel.set(name, known.get(name)));
        if (known.has("thread_metadata")) {
            channel.set("thread_metadata", known.get("thread_metadata"));
        }
        return channel.put("permissions", request.permissions()).put("app_permissions", request.appPermissions());
    }

    private Optional<JsonNode> role(String id) {
        return StreamSupport.stream(documents.objects("role").spliterator(), false)
                .filter(role -> role.path("id").asText().equals(id))
                .findFirst();
    }

    private JsonNode unknownRole(String id) {
        return documents.object("role.members").put("id", id).put("name", "role-" + id);
    }
}
