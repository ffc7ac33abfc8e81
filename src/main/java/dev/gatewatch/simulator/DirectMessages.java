package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The bot's channel with one user; it has that user's id. */
final class DirectMessages {

    private static final int DM = 1;

    private DirectMessages() {}

    static ObjectNode channel(ObjectNode user) {
        ObjectNode channel = Json.object()
                .put("id", user.path("id").asText())
                .put("type", DM)
                .putNull("last_message_id")
                .put("flags", 0);
        channel.putArray("recipients").add(user);
        return channel;
    }
}
