package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a guild is made of, and an event of each kind about it, as one bot sees them.
 *
 * <p>The templates are in {@code simulator/documents.json}. Placeholders begin with {@code @}: {@code @g+2} is an id in this
 * guild, {@code @user:1} the user of member 1, {@code @object:emoji} another document; an object with {@code @is} is that
 * document with some fields changed.
 */
final class GuildDocuments {

    private static final JsonNode TEMPLATES = load();
    private static final String SAME_AS = "@is";
    private static final String OBJECT = "@object:";
    private static final int MOST_WITH_PRESENCES = 75_000;

    private final Guild guild;
    private final Bot bot;
    private final Members members;

    GuildDocuments(Guild guild, Bot bot) {
        this.guild = guild;
        this.bot = bot;
        this.members = new Members(guild, bot);
    }

    /** The names of all events with a default body. */
    static Set<String> events() {
        return TEMPLATES.path("events").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Members members() {
        return members;
    }

    /** The default body of an event; empty when the documentation knows no such event. */
    Optional<JsonNode> event(String type) {
        return Optional.ofNullable(TEMPLATES.path("events").get(type)).map(this::fill);
    }

    /** One document. */
    ObjectNode object(String name) {
        JsonNode template = TEMPLATES.path("objects").get(name);
        if (template == null) {
            throw new IllegalArgumentException("there is no document '" + name + "'");
        }
        return (ObjectNode) fill(template);
    }

    /** All documents of a kind, such as {@code channel}. */
    ArrayNode objects(String kind) {
        ArrayNode all = Json.array();
        TEMPLATES.path("objects").properties().stream()
                .filter(object -> object.getKey().startsWith(kind + "."))
                .forEach(object -> all.add(fill(object.getValue())));
        return all;
    }

    /** The channel or thread with this id. */
    Optional<JsonNode> channel(String id) {
        ArrayNode all = objects("channel").addAll(objects("thread")).add(object("thread"));
        return StreamSupport.stream(all.spliterator(), false)
                .filter(channel -> channel.path("id").asText().equals(id))
                .findFirst();
    }

    /** GUILD_CREATE for a session. See [Discord Docs/Gateway Events/Request Guild Members] for who is in it. */
    ObjectNode created(Intents intents, int largeThreshold) {
        ObjectNode created = object("guild.created").put("large", guild.isLarge(largeThreshold));
        boolean presences = intents.has(Intent.GUILD_PRESENCES) && guild.memberCount() <= MOST_WITH_PRESENCES;
        ArrayNode listed = created.putArray("members");
        ArrayNode online = created.putArray("presences");
        members.all()
                .filter(number -> number == Guild.BOT
                        || members.isInVoice(number)
                        || (presences && (!guild.isLarge(largeThreshold) || members.standsOut(number))))
                .forEach(number -> {
                    listed.add(members.member(number));
                    if (presences && members.isOnline(number)) {
                        online.add(without(members.presence(number), "guild_id"));
                    }
                });
        return created;
    }

    private JsonNode fill(JsonNode template) {
        if (template.isTextual() && template.asText().startsWith("@")) {
            return resolve(template.asText());
        }
        if (template instanceof ArrayNode array) {
            ArrayNode filled = Json.array();
            array.forEach(element -> filled.add(fill(element)));
            return filled;
        }
        if (template instanceof ObjectNode object) {
            ObjectNode filled =
                    object.has(SAME_AS) ? object(object.path(SAME_AS).asText()) : Json.object();
            object.properties().stream()
                    .filter(field -> !field.getKey().equals(SAME_AS))
                    .forEach(field -> filled.set(field.getKey(), fill(field.getValue())));
            return filled;
        }
        return template;
    }

    private JsonNode resolve(String placeholder) {
        String name = placeholder.replaceFirst("[0-9]+$", "");
        String digits = placeholder.substring(name.length());
        int number = digits.isEmpty() ? 0 : Integer.parseInt(digits);
        return switch (name) {
            case "@g" -> TextNode.valueOf(guild.idText());
            case "@g+" -> TextNode.valueOf(guild.idOf(number));
            case "@g.name" -> TextNode.valueOf(guild.name());
            case "@g.large" -> BooleanNode.valueOf(guild.isLarge(Identify.LARGE_THRESHOLD));
            case "@g.members" -> IntNode.valueOf(guild.memberCount());
            case "@g.voice_states" -> members.voiceStates(object("voice-state"));
            case "@g.channels" -> objects("channel");
            case "@now" -> TextNode.valueOf(Timestamps.now());
            case "@unix" -> LongNode.valueOf(System.currentTimeMillis() / 1000);
            case "@bot" -> bot.user();
            case "@bot.id" -> TextNode.valueOf(bot.idText());
            case "@user:" -> members.user(number);
            case "@userid:" -> TextNode.valueOf(members.userId(number));
            case "@member:" -> members.member(number);
            case "@member-:" -> without(members.member(number), "user");
            case "@member+:" -> members.member(number).put("guild_id", guild.idText());
            default ->
                placeholder.startsWith(OBJECT)
                        ? object(placeholder.substring(OBJECT.length()))
                        : TextNode.valueOf(placeholder); // @everyone
        };
    }

    private static ObjectNode without(ObjectNode object, String field) {
        object.remove(field);
        return object;
    }

    private static JsonNode load() {
        try (InputStream in = Objects.requireNonNull(
                GuildDocuments.class.getResourceAsStream("/simulator/documents.json"), "documents.json is missing")) {
            return Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
