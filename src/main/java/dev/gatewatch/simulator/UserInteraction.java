package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One use of a slash command, and how far the bot has come with its answer. Lives on the event loop.
 *
 * <p>See [Discord Docs/Interactions/Receiving and Responding].
 */
final class UserInteraction {

    private static final String ORIGINAL = "@original";
    private static final int MODAL = 9;

    private final String id;
    private final String token;
    private final InteractionRequest request;
    private final ObjectNode origin;
    private final ObjectNode event;
    private final String originalId = Snowflakes.next();
    private final Rules.InteractionTimes times;
    private final long began = System.nanoTime();
    private final Map<String, ObjectNode> messages = new LinkedHashMap<>();
    private final ArrayNode requests = Json.array();
    private State state = State.WAITING;
    private boolean ephemeral;
    private @Nullable Long answeredAfter;

    /** How far it has come. */
    private enum State {
        WAITING,
        DEFERRED,
        ANSWERED
    }

    /**
     * @param origin what the view tells of where it happened
     * @param event the data of its INTERACTION_CREATE
     */
    UserInteraction(
            String id,
            String token,
            InteractionRequest request,
            ObjectNode origin,
            ObjectNode event,
            Rules.InteractionTimes times) {
        this.id = id;
        this.token = token;
        this.request = request;
        this.origin = origin;
        this.event = event;
        this.times = times;
    }

    String id() {
        return id;
    }

    String token() {
        return token;
    }

    /** Whether its token is no longer good for anything. */
    boolean over() {
        return age() > (state == State.WAITING ? times.first() : times.token()).toMillis();
    }

    /** The first response. */
    Reply callback(RequestBody body, boolean withResponse) {
        if (over()) {
            return Reply.error(404, "Unknown interaction", 10062);
        }
        if (state != State.WAITING) {
            return Reply.error(400, "Interaction has already been acknowledged.", 40060);
        }
        RequestBody data = new RequestBody(body.json().path("data"), body.files());
        int type = body.json().path("type").asInt();
        switch (type) {
            case 4 -> { // CHANNEL_MESSAGE_WITH_SOURCE
                Reply refusal = MessageRules.refusalOf(data);
                if (refusal != null) {
                    return refusal;
                }
                ephemeral = isEphemeral(data);
                answered(data);
            }
            case 5 -> { // DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE
                ephemeral = isEphemeral(data);
                state = State.DEFERRED;
            }
            case MODAL -> state = State.ANSWERED;
            default -> {
                return new FormError("type", "BASE_TYPE_CHOICES", "Value must be one of {4, 5, 9}.").reply();
            }
        }
        return withResponse ? Reply.json(200, callbackResponse(type)) : Reply.empty();
    }

    /** Creates, reads, edits or deletes a message with the interaction's token. */
    Reply webhook(String method, @Nullable String address, RequestBody body) {
        String message = originalId.equals(address) ? ORIGINAL : address;
        if (over()) {
            return Reply.error(401, "Invalid Webhook Token", 50027);
        }
        if (state == State.WAITING) {
            return Reply.error(404, "Unknown Webhook", 10015);
        }
        if (message == null) {
            return method.equals("POST") ? followUp(body) : Reply.error(405, "Method Not Allowed");
        }
        ObjectNode known = messages.get(message);
        if (known == null && !(state == State.DEFERRED && message.equals(ORIGINAL))) {
            return Reply.error(404, "Unknown Message", 10008);
        }
        return switch (method) {
            case "GET" -> known == null ? Reply.error(404, "Unknown Message", 10008) : Reply.json(200, known);
            case "PATCH" -> edit(message, known, body);
            case "DELETE" -> {
                messages.remove(message);
                yield Reply.empty();
            }
            default -> Reply.error(405, "Method Not Allowed");
        };
    }

    /** Notes what the bot sent and what became of it. */
    void record(String method, String path, JsonNode body, Reply reply) {
        ObjectNode record = Json.object().put("afterMillis", age()).put("method", method);
        record.put("path", path.replace(token, "TOKEN")).put("status", reply.status());
        if (reply.status() >= 400) {
            record.set("error", reply.tree());
        }
        requests.add(record.set("body", body));
    }

    /** What {@code GET /_sim/interactions} shows. */
    ObjectNode view() {
        ObjectNode view = Json.object().put("id", id).put("command", request.command());
        view.set("options", request.options());
        view.put("user", request.user()).setAll(origin);
        view.put(
                "state",
                state == State.WAITING && over() ? "failed" : state.name().toLowerCase(Locale.ROOT));
        view.put("ephemeral", state == State.WAITING ? null : (Boolean) ephemeral);
        view.put("answeredAfterMillis", answeredAfter);
        view.set("answer", messages.getOrDefault(ORIGINAL, null));
        ArrayNode followUps = view.putArray("followUps");
        messages.forEach((key, message) -> {
            if (!key.equals(ORIGINAL)) {
                followUps.add(message);
            }
        });
        view.set("requests", requests);
        return view;
    }

    /** The first one after a deferral is the answer itself: see [Discord Docs/…: Create Followup Message]. */
    private Reply followUp(RequestBody body) {
        Reply refusal = MessageRules.refusalOf(body);
        if (refusal != null) {
            return refusal;
        }
        if (state == State.DEFERRED) {
            return Reply.json(200, answered(body));
        }
        String messageId = Snowflakes.next();
        ObjectNode message = Message.ofInteraction(event, messageId, originalId, body, isEphemeral(body));
        messages.put(messageId, message);
        return Reply.json(200, message);
    }

    private Reply edit(String message, @Nullable ObjectNode known, RequestBody body) {
        ObjectNode base = known == null
                ? Message.ofInteraction(
                        event, originalId, originalId, new RequestBody(Json.object(), List.of()), ephemeral)
                : known;
        ObjectNode edited = Message.edited(base, body);
        Reply refusal = MessageRules.refusalOf(new RequestBody(edited, List.of()));
        if (refusal != null) {
            return refusal;
        }
        if (message.equals(ORIGINAL)) {
            answeredWith(edited);
        } else {
            messages.put(message, edited);
        }
        return Reply.json(200, edited);
    }

    private ObjectNode answered(RequestBody data) {
        return answeredWith(Message.ofInteraction(event, originalId, originalId, data, ephemeral));
    }

    private ObjectNode answeredWith(ObjectNode message) {
        state = State.ANSWERED;
        if (answeredAfter == null) {
            answeredAfter = age();
        }
        messages.put(ORIGINAL, message);
        return message;
    }

    /** See [Discord Docs/Interactions/Receiving and Responding: Interaction Callback Response Object]. */
    private ObjectNode callbackResponse(int type) {
        ObjectNode response = Json.object();
        ObjectNode callback = response.putObject("interaction").put("id", id).put("type", 2);
        ObjectNode resource = response.putObject("resource").put("type", type);
        if (type != MODAL) {
            callback.put("response_message_id", originalId)
                    .put("response_message_loading", state == State.DEFERRED)
                    .put("response_message_ephemeral", ephemeral);
        }
        if (state == State.ANSWERED && messages.containsKey(ORIGINAL)) {
            resource.set("message", messages.get(ORIGINAL));
        }
        return response;
    }

    private long age() {
        return (System.nanoTime() - began) / 1_000_000;
    }

    private static boolean isEphemeral(RequestBody body) {
        return (body.json().path("flags").asInt() & Message.EPHEMERAL) != 0;
    }
}
