package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers requests about channels and the messages in them. See [Discord Docs/Channel] and [Discord Docs/Message]. */
final class ChannelRoutes {

    private static final Pattern CHANNEL = Pattern.compile("/channels/([0-9]+)(?:/(typing|messages)(?:/([0-9]+))?)?");

    private final Gateway gateway;
    private final ChannelMessages messages;

    ChannelRoutes(Gateway gateway) {
        this.gateway = gateway;
        this.messages = new ChannelMessages();
    }

    /** The answer; null when the path is about no channel. */
    @Nullable
    Reply answer(HttpCall call, String path, Bot bot) {
        if (path.equals("/users/@me/channels") && call.method().equals("POST")) {
            return openDirectMessages(call, bot);
        }
        Matcher channel = CHANNEL.matcher(path);
        return channel.matches() ? answer(call, channel, bot) : null;
    }

    private Reply answer(HttpCall call, Matcher path, Bot bot) {
        Optional<JsonNode> channel = find(path.group(1), bot);
        if (channel.isEmpty()) {
            return Reply.error(404, "Unknown Channel", 10003);
        }
        String kind = path.group(2);
        if (kind == null) {
            return call.method().equals("GET")
                    ? Reply.json(200, channel.get())
                    : Reply.error(405, "Method Not Allowed");
        }
        if (kind.equals("typing")) {
            return Reply.empty();
        }
        try {
            return messages(call, channel.get(), path.group(3), bot);
        } catch (IOException e) {
            return Reply.error(400, "The request body contains invalid JSON.", 50109);
        }
    }

    private Reply messages(HttpCall call, JsonNode channel, @Nullable String id, Bot bot) throws IOException {
        String channelId = channel.path("id").asText();
        if (id == null) {
            return switch (call.method()) {
                case "GET" -> Reply.json(200, messages.newest(channelId, call.query("limit", "50")));
                case "POST" -> create(RequestBody.of(call), channel, bot);
                default -> Reply.error(405, "Method Not Allowed");
            };
        }
        ObjectNode known = messages.find(channelId, id);
        if (known == null) {
            return Reply.error(404, "Unknown Message", 10008);
        }
        return switch (call.method()) {
            case "GET" -> Reply.json(200, known);
            case "PATCH" -> edit(RequestBody.of(call), known, channel);
            case "DELETE" -> delete(known, channel);
            default -> Reply.error(405, "Method Not Allowed");
        };
    }

    private Reply create(RequestBody body, JsonNode channel, Bot bot) {
        Reply refusal = MessageRules.refusalOf(body);
        if (refusal != null) {
            return refusal;
        }
        ObjectNode message = Message.inChannel(bot, channel.path("id").asText(), body);
        messages.keep(message);
        tell("MESSAGE_CREATE", message, channel);
        return Reply.json(200, message);
    }

    private Reply edit(RequestBody body, ObjectNode known, JsonNode channel) {
        ObjectNode edited = Message.edited(known, body);
        Reply refusal = MessageRules.refusalOf(new RequestBody(edited, List.of()));
        if (refusal != null) {
            return refusal;
        }
        messages.keep(edited);
        tell("MESSAGE_UPDATE", edited, channel);
        return Reply.json(200, edited);
    }

    private Reply delete(ObjectNode message, JsonNode channel) {
        messages.remove(message);
        ObjectNode deleted = Json.object();
        deleted.set("id", message.path("id"));
        deleted.set("channel_id", message.path("channel_id"));
        tell("MESSAGE_DELETE", deleted, channel);
        return Reply.empty();
    }

    private void tell(String type, ObjectNode message, JsonNode channel) {
        ObjectNode data = message.deepCopy();
        if (channel.has("guild_id")) {
            data.set("guild_id", channel.get("guild_id"));
        }
        gateway.dispatches().send(type, data, null);
    }

    private Optional<JsonNode> find(String id, Bot bot) {
        for (Guild guild : gateway.guilds().all()) {
            Optional<JsonNode> found = new GuildDocuments(guild, bot).channel(id);
            if (found.isPresent()) {
                return found;
            }
        }
        return messages.isDirect(id)
                ? Optional.of(DirectMessages.channel(new GuildRoutes(gateway, bot).user(id)))
                : Optional.empty();
    }

    /** See [Discord Docs/User/Create DM]. */
    private Reply openDirectMessages(HttpCall call, Bot bot) {
        try {
            String recipient = call.json().path("recipient_id").asText();
            if (!recipient.matches("[0-9]{1,19}")) {
                return FormError.required("recipient_id").reply();
            }
            messages.openDirect(recipient);
            return Reply.json(200, DirectMessages.channel(new GuildRoutes(gateway, bot).user(recipient)));
        } catch (IOException e) {
            return Reply.error(400, "The request body contains invalid JSON.", 50109);
        }
    }

    /** What bots have sent; the newest 1,000 are kept. */
    private static final class ChannelMessages {

        private static final int CAPACITY = 1_000;

        private final List<ObjectNode> kept = new ArrayList<>();
        private final List<String> direct = new ArrayList<>();

        void keep(ObjectNode message) {
            for (int i = 0; i < kept.size(); i++) {
                if (kept.get(i).path("id").equals(message.path("id"))) {
                    kept.set(i, message);
                    return;
                }
            }
            kept.add(message);
            if (kept.size() > CAPACITY) {
                kept.remove(0);
            }
        }

        void remove(ObjectNode message) {
            kept.remove(message);
        }

        @Nullable
        ObjectNode find(String channel, String id) {
            return kept.stream()
                    .filter(message -> message.path("channel_id").asText().equals(channel)
                            && message.path("id").asText().equals(id))
                    .findFirst()
                    .orElse(null);
        }

        /** The newest ones first. */
        ArrayNode newest(String channel, String limit) {
            int most = limit.matches("[0-9]{1,3}") ? Math.min(100, Integer.parseInt(limit)) : 50;
            ArrayNode list = Json.array();
            for (int i = kept.size() - 1; i >= 0 && list.size() < most; i--) {
                if (kept.get(i).path("channel_id").asText().equals(channel)) {
                    list.add(kept.get(i));
                }
            }
            return list;
        }

        void openDirect(String id) {
            direct.add(id);
        }

        boolean isDirect(String id) {
            return direct.contains(id);
        }
    }
}
