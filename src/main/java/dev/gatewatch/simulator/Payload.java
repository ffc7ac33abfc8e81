package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
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

    /** What the journal calls the moment at which it is sent; empty for all but three kinds. */
    Optional<String> milestone() {
        if (op == Opcode.HELLO) {
            return Optional.of("hello");
        }
        boolean known = isDispatch("READY") || isDispatch("RESUMED");
        return known ? Optional.of(String.valueOf(type).toLowerCase(Locale.ROOT)) : Optional.empty();
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
