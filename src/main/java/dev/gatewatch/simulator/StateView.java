package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What {@code GET /_sim/state} shows. On the event loop. */
final class StateView {

    private final Gateway gateway;

    StateView(Gateway gateway) {
        this.gateway = gateway;
    }

    ObjectNode json() {
        long now = System.currentTimeMillis();
        ObjectNode state = Json.object().put("at", now);
        ArrayNode connections = state.putArray("connections");
        gateway.connections().forEach(connection -> connections.add(connection(connection)));
        ArrayNode sessions = state.putArray("sessions");
        gateway.sessions().alive().forEach(session -> sessions.add(session(session)));
        IdentifyLedger ledger = gateway.ledger();
        state.putObject("identifies")
                .put("total", ledger.total())
                .put("remaining", ledger.remaining(now))
                .put("resetAfter", ledger.resetAfter(now))
                .put("spent", ledger.spentEver())
                .put("maxConcurrency", gateway.rules().maxConcurrency());
        Gateway.Counters counters = gateway.counters();
        state.putObject("counters")
                .put("connections", counters.connections)
                .put("resumes", counters.resumes)
                .put("resumesRefused", counters.resumesRefused)
                .put("requests", counters.requests)
                .put("invalidRequests", counters.invalidRequests)
                .put("commandWrites", counters.commandWrites)
                .put("events", gateway.numbered().last())
                .put("violations", gateway.violations().list().size());
        state.putObject("tokens")
                .put("reset", gateway.tokens().resetFingerprints().size());
        ArrayNode faults = state.putArray("faults");
        gateway.faults().all().forEach(fault -> faults.add(fault.json()));
        return state;
    }

    private static ObjectNode connection(GatewayConnection connection) {
        GatewaySession session = connection.session();
        ObjectNode json = Json.object().put("id", connection.id()).put("shard", connection.shard());
        json.put("session", session == null ? null : session.id()).put("closing", connection.closing());
        return json.put("path", connection.upgrade().path());
    }

    private static ObjectNode session(GatewaySession session) {
        GatewayConnection connection = session.connection();
        ObjectNode json = Json.object().put("id", session.id()).put("shard", session.shard());
        json.put("shards", session.shards()).put("sequence", session.sequence());
        json.put("acknowledged", session.acknowledged());
        return json.put("connection", connection == null ? null : (Long) connection.id());
    }
}
