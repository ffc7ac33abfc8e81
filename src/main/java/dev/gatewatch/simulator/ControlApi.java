package dev.gatewatch.simulator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers {@code /_sim/…}: what the simulator sees, and which faults it shall play. On the event loop. */
final class ControlApi {

    private static final List<String> ROUTES = List.of(
            "GET /_sim/state",
            "GET /_sim/violations",
            "GET /_sim/events?since=ID",
            "POST /_sim/events {\"count\": 1}",
            "POST /_sim/dispatch {\"type\": TYPE, \"guild\": 0, \"shard\": 0, \"data\": {}}",
            "GET /_sim/interactions",
            "GET /_sim/interactions/ID",
            "POST /_sim/interactions {\"command\": NAME, \"options\": {}, \"user\": NAME, \"permissions\": \"0\", \"guild\": 0, …}",
            "GET /_sim/certificate",
            "GET /_sim/scenarios",
            "POST /_sim/scenarios (YAML)",
            "DELETE /_sim/scenarios",
            "DELETE /_sim/scenarios/ID",
            "POST /_sim/heartbeats",
            "GET /_sim/faults",
            "POST /_sim/faults {\"fault\": NAME, …}",
            "DELETE /_sim/faults",
            "DELETE /_sim/faults/ID");
    private static final int MAX_EVENTS = 100_000;

    private final Gateway gateway;
    private final Faults faults;

    ControlApi(Gateway gateway) {
        this.gateway = gateway;
        this.faults = new Faults(gateway);
    }

    Reply answer(HttpCall call) {
        try {
            return switch (call.method() + " " + call.path()) {
                case "GET /_sim/state" -> Reply.json(200, new StateView(gateway).json());
                case "GET /_sim/violations" ->
                    Reply.json(200, Json.tree(gateway.violations().list()));
                case "GET /_sim/events" -> events(call);
                case "POST /_sim/events" -> emit(call);
                case "GET /_sim/interactions" ->
                    Reply.json(200, Json.tree(gateway.interactions().views()));
                case "POST /_sim/interactions" -> interact(call);
                case "POST /_sim/dispatch" -> dispatch(call);
                case "GET /_sim/certificate" ->
                    Reply.text(200, "application/x-pem-file", gateway.tls().pem());
                case "GET /_sim/scenarios" ->
                    Reply.json(200, gateway.scenarios().json());
                case "POST /_sim/scenarios" -> play(call);
                case "DELETE /_sim/scenarios" -> stopAll();
                case "POST /_sim/heartbeats" -> requestHeartbeats();
                case "GET /_sim/faults" -> Reply.json(200, faults.json());
                case "POST /_sim/faults" -> inject(call);
                case "DELETE /_sim/faults" -> healAll();
                default -> one(call);
            };
        } catch (FaultRefusedException e) {
            ObjectNode body = Json.object().put("message", e.getMessage());
            body.set("faults", Json.tree(faults.names()));
            return Reply.json(400, body);
        } catch (IOException e) {
            return Reply.json(
                    400, Json.object().put("message", "the request body is not the JSON object expected here"));
        }
    }

    private Reply events(HttpCall call) {
        String since = call.query("since", "0");
        if (!since.matches("[0-9]{1,18}")) {
            return Reply.json(400, Json.object().put("message", "since=" + since + " is not the id of an entry"));
        }
        return Reply.json(200, Json.tree(gateway.journal().since(Long.parseLong(since))));
    }

    private Reply emit(HttpCall call) throws IOException {
        JsonNode count = call.body().length == 0
                ? Json.object().put("count", 1).get("count")
                : call.json().path("count");
        if (!count.isInt() || count.intValue() < 1 || count.intValue() > MAX_EVENTS) {
            return Reply.json(
                    400, Json.object().put("message", "count must be a whole number from 1 to " + MAX_EVENTS));
        }
        long last = gateway.numbered().emit(count.intValue());
        return Reply.json(
                200,
                Json.object()
                        .put("first", last - count.intValue() + 1)
                        .put("last", last)
                        .put("firstUserId", Long.toString(Simulator.FIRST_EVENT_USER + last - count.intValue()))
                        .put("at", System.currentTimeMillis()));
    }

    private Reply requestHeartbeats() {
        gateway.connections().forEach(connection -> connection.protocol().requestHeartbeat());
        return Reply.empty();
    }

    private Reply inject(HttpCall call) throws IOException {
        Map<String, Object> request = Json.MAPPER.readValue(call.body(), new TypeReference<>() {});
        if (request == null) {
            throw new FaultRefusedException("the request body is null");
        }
        return Reply.json(200, Json.tree(faults.inject(request)));
    }

    /** What is about one fault, one scenario or one interaction. */
    private Reply one(HttpCall call) {
        if (call.method().equals("DELETE") && call.path().startsWith("/_sim/scenarios/")) {
            return stop(call.path().substring("/_sim/scenarios/".length()));
        }
        if (call.method().equals("DELETE") && call.path().startsWith("/_sim/faults/")) {
            return heal(call.path().substring("/_sim/faults/".length()));
        }
        if (call.method().equals("GET") && call.path().startsWith("/_sim/interactions/")) {
            String id = call.path().substring("/_sim/interactions/".length());
            return gateway.interactions()
                    .view(id)
                    .map(view -> Reply.json(200, view))
                    .orElseGet(() -> Reply.json(
                            404, Json.object().put("message", "there is no interaction with the id '" + id + "'")));
        }
        return unknown(call);
    }

    private Reply interact(HttpCall call) throws IOException {
        try {
            return Reply.json(200, gateway.interactions().begin(InteractionRequest.of(call.json())));
        } catch (IllegalArgumentException e) {
            return Reply.json(400, Json.object().put("message", e.getMessage()));
        }
    }

    /** Without data, the event has a default body. */
    private Reply dispatch(HttpCall call) throws IOException {
        JsonNode request = call.json();
        String type = request.path("type").asText("");
        boolean hasData = request.has("data");
        if (type.isEmpty() || (hasData && !request.path("data").isObject())) {
            return Reply.json(400, Json.object().put("message", "a dispatch has a type, and data that is an object"));
        }
        try {
            Integer shard = index(request, "shard");
            int sessions = hasData
                    ? gateway.dispatches().send(type, request.path("data"), shard)
                    : gateway.dispatches().sendDefault(type, index(request, "guild"), shard);
            return Reply.json(200, Json.object().put("sessions", sessions));
        } catch (IllegalArgumentException e) {
            return Reply.json(400, Json.object().put("message", e.getMessage()));
        }
    }

    private static @Nullable Integer index(JsonNode request, String name) {
        return request.path(name).isInt() ? (Integer) request.path(name).intValue() : null;
    }

    private Reply play(HttpCall call) {
        ScenarioFile scenario = ScenarioFile.parse(new String(call.body(), StandardCharsets.UTF_8));
        long id = gateway.scenarios().play(scenario);
        return Reply.json(
                200,
                Json.object()
                        .put("id", id)
                        .put("name", scenario.name())
                        .put("steps", scenario.steps().size())
                        .put("at", System.currentTimeMillis()));
    }

    private Reply stopAll() {
        gateway.scenarios().stopAll();
        return Reply.empty();
    }

    private Reply stop(String id) {
        if (id.matches("[0-9]{1,18}") && gateway.scenarios().stop(Long.parseLong(id))) {
            return Reply.empty();
        }
        return Reply.json(404, Json.object().put("message", "no scenario with the id '" + id + "' is being played"));
    }

    private Reply healAll() {
        faults.healAll();
        return Reply.empty();
    }

    private Reply heal(String id) {
        if (id.matches("[0-9]{1,18}") && faults.heal(Long.parseLong(id))) {
            return Reply.empty();
        }
        return Reply.json(404, Json.object().put("message", "no fault with the id '" + id + "' is active"));
    }

    private Reply unknown(HttpCall call) {
        ObjectNode body = Json.object().put("message", "there is no " + call.method() + " " + call.path());
        ArrayNode routes = body.putArray("routes");
        ROUTES.forEach(routes::add);
        return Reply.json(404, body);
    }
}
