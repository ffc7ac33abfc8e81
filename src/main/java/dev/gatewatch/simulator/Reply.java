package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What answers an HTTP request.
 *
 * @param sent how much of it is sent
 */
record Reply(int status, Map<String, String> headers, byte[] body, Sent sent) {

    /** How much of a reply goes out. */
    enum Sent {
        ALL,
        /** Half of the body that Content-Length promised, then the connection ends. */
        HALF,
        /** Nothing; the connection stays open. */
        NOTHING,
        /** Nothing; the connection is reset. */
        RESET,
        /** Nothing; the connection ends. */
        END
    }

    static Reply json(int status, JsonNode body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), Json.bytes(body), Sent.ALL);
    }

    static Reply text(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Reply(status, Map.of("Content-Type", contentType), bytes, Sent.ALL);
    }

    static Reply empty() {
        return new Reply(204, Map.of(), new byte[0], Sent.ALL);
    }

    /** An error as Discord words it. See [Discord Docs/Opcodes and Status Codes/JSON Error Codes]. */
    static Reply error(int status, String message) {
        return json(
                status, Json.object().put("message", status + ": " + message).put("code", 0));
    }

    /** An error with one of Discord's codes. */
    static Reply error(int status, String message, int code) {
        return json(status, Json.object().put("message", message).put("code", code));
    }

    static Reply notSent(Sent sent) {
        return new Reply(0, Map.of(), new byte[0], sent);
    }

    Reply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, body, sent);
    }

    /** Its JSON. */
    JsonNode tree() {
        try {
            return Json.parse(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply cutInHalf() {
        return new Reply(status, headers, body, Sent.HALF);
    }
}
