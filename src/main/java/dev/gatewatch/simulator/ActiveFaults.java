package dev.gatewatch.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The faults that are on at the moment, asked at every point where one can interfere. Lives on the event loop. */
final class ActiveFaults {

    private final Gateway gateway;
    private final Map<Long, ActiveFault> active = new LinkedHashMap<>();
    private long lastId;

    ActiveFaults(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Checks and numbers a fault that is to be started. */
    ActiveFault prepare(FaultKind kind, Map<String, ?> parameters) {
        return new ActiveFault(++lastId, kind, Arguments.check(kind, parameters));
    }

    /** Starts a fault; an instant one is over when this returns. */
    void start(ActiveFault fault) {
        FaultKind kind = fault.kind();
        Map<String, Object> detail = new LinkedHashMap<>(fault.arguments().values());
        detail.put("fault", kind.name());
        detail.put("id", fault.id());
        gateway.journal().add("fault-started", detail);
        if (kind.lasting()) {
            active.put(fault.id(), fault);
            long millis = fault.arguments().duration().toMillis();
            if (millis > 0) {
                gateway.loop().schedule(() -> heal(fault.id()), millis, TimeUnit.MILLISECONDS);
            }
        }
        List<GatewayConnection> cut = fault.arguments().cut() ? fault.targets(gateway) : List.of();
        fault.fault().start(gateway, fault);
        cut.forEach(GatewayConnection::reset);
    }

    /** Ends a fault; false when it is not on. */
    boolean heal(long id) {
        ActiveFault fault = active.remove(id);
        if (fault == null) {
            return false;
        }
        gateway.journal().add("fault-ended", Map.of("fault", fault.kind().name(), "id", id));
        fault.fault().heal(gateway, fault);
        gateway.fatalCloses().clear(); // whoever heals may start the bot again
        return true;
    }

    void healAll() {
        all().forEach(fault -> heal(fault.id()));
        gateway.fatalCloses().clear();
    }

    List<ActiveFault> all() {
        return new ArrayList<>(active.values());
    }

    boolean admits(GatewayConnection connection) {
        for (ActiveFault fault : concerning(connection)) {
            if (!fault.fault().admits(connection, fault)) {
                struck(fault);
                return false;
            }
        }
        return true;
    }

    boolean greetsAtOnce(GatewayConnection connection) {
        for (ActiveFault fault : concerning(connection)) {
            if (fault.fault().greetsAtOnce(connection, fault)) {
                struck(fault);
                return true;
            }
        }
        return false;
    }

    boolean answersLogin(GatewayConnection connection, int op) {
        for (ActiveFault fault : concerning(connection)) {
            if (fault.fault().answersLogin(connection, op, fault)) {
                struck(fault);
                return true;
            }
        }
        return false;
    }

    Treatment treat(GatewayConnection connection, Payload payload) {
        for (ActiveFault fault : concerning(connection)) {
            Treatment treatment = fault.fault().treat(connection, payload, fault);
            if (treatment.struck()) {
                struck(fault);
                return treatment;
            }
        }
        return Treatment.PASS;
    }

    @Nullable
    Reply answer(HttpCall call) {
        for (ActiveFault fault : all()) {
            Reply reply = fault.fault().answer(call, fault);
            if (reply != null) {
                struck(fault);
                return reply;
            }
        }
        return null;
    }

    Terms terms(Terms terms) {
        Terms changed = terms;
        for (ActiveFault fault : all()) {
            changed = fault.fault().terms(changed);
        }
        return changed;
    }

    /** Counts a strike of a fault and heals it when that was its last. */
    void struck(ActiveFault fault) {
        fault.used();
        if (fault.exhausted()) {
            heal(fault.id());
        }
    }

    private List<ActiveFault> concerning(GatewayConnection connection) {
        return active.isEmpty()
                ? List.of()
                : active.values().stream()
                        .filter(fault -> fault.concerns(connection))
                        .toList();
    }
}
