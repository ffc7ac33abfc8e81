package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One gateway message to the client; {@code s} and {@code t} are null unless it is a dispatch.
 *
 * <p>See [Discord Docs/Gateway Events/Payload Structure].
 */
record Payload(
        int op,
        JsonNode data,
        @Nullable Integer sequence,
        @Nullable String type) {

    static Payload of(int op, JsonNode data) {
        return new Payload(op, data, null, null);
    }

    static Payload of(int op) {
        return of(op, NullNode.instance);
    }

    static Payload dispatch(String type, int sequence, JsonNode data) {
        return new Payload(Opcode.DISPATCH, data, sequence, type);
    }

    boolean isDispatch(String wanted) {
        return op == Opcode.DISPATCH && wanted.equals(type);
    }

    /** As it goes over the wire: all four fields, always. */
    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("t", type);
        json.put("s", sequence);
        json.put("op", op);
        json.set("d", data);
        return json;
    }
}
