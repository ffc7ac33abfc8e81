package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.Map;

/** Routes IDENTIFY and RESUME, and holds what both need: refusals. */
final class Login {

    private final Identify identify;
    private final Resume resume;

    Login(Gateway gateway, GatewayConnection connection) {
        this.identify = new Identify(gateway, connection);
        this.resume = new Resume(gateway, connection);
    }

    void handle(int op, JsonNode data) {
        if (op == Opcode.IDENTIFY) {
            identify.handle(data);
        } else {
            resume.handle(data);
        }
    }

    /** Sends op 9. See [Discord Docs/Gateway Events/Invalid Session]. */
    static void invalidSession(GatewayConnection connection, boolean resumable, String why) {
        connection.note("invalid-session", Map.of("resumable", resumable, "reason", why));
        connection.leave();
        connection.send(Payload.of(Opcode.INVALID_SESSION, BooleanNode.valueOf(resumable)));
    }
}
