package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Injects and heals faults by name; the catalogue says which there are. Thread-safe. */
public final class Faults {

    private final Gateway gateway;

    Faults(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * An injected fault.
     *
     * @param id heals it
     * @param at epoch milliseconds of the strike
     * @param connections how many open connections it concerned at that moment
     */
    public record Injected(long id, long at, int connections) {}

    /**
     * Injects a fault, e.g. {@code inject("close", Map.of("code", 4000))}.
     *
     * @throws FaultRefusedException when there is no such fault or parameter, or a value is out of range
     */
    public Injected inject(String fault, Map<String, ?> parameters) {
        FaultKind kind = FaultCatalogue.find(fault);
        return gateway.call(() -> {
            long at = System.currentTimeMillis();
            ActiveFault injected = gateway.faults().prepare(kind, parameters);
            int concerned = (int) injected.targets(gateway).stream()
                    .filter(connection -> !connection.closing())
                    .count();
            gateway.faults().start(injected);
            return new Injected(injected.id(), at, concerned);
        });
    }

    /** Injects a fault with its defaults. */
    public Injected inject(String fault) {
        return inject(fault, Map.of());
    }

    /** Ends one fault; false when it is not active. */
    public boolean heal(long id) {
        return gateway.call(() -> gateway.faults().heal(id));
    }

    /** Ends all faults. */
    public void healAll() {
        gateway.call(() -> {
            gateway.faults().healAll();
            return null;
        });
    }

    /** The names of all faults, in the catalogue's order. */
    public List<String> names() {
        return FaultCatalogue.ROWS.stream().map(FaultKind::name).toList();
    }

    /** The catalogue and what is active, as {@code GET /_sim/faults} shows them. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        ArrayNode catalogue = json.putArray("catalogue");
        FaultCatalogue.ROWS.forEach(kind -> catalogue.add(kind.json()));
        ArrayNode active = json.putArray("active");
        gateway.call(() ->
                        gateway.faults().all().stream().map(ActiveFault::json).toList())
                .forEach(active::add);
        return json;
    }

    /** Injects a fault from JSON: {@code {"fault": name, parameter: value, …}}. */
    Injected inject(Map<String, Object> request) {
        Map<String, Object> parameters = new LinkedHashMap<>(request);
        if (parameters.remove("fault") instanceof String name) {
            parameters.values().removeIf(value -> value == null);
            return inject(name, parameters);
        }
        throw new FaultRefusedException("the request has no \"fault\" with the name of one");
    }
}
