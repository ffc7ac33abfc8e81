package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A fault that was injected: whom it hits, since when and for how much longer. */
final class ActiveFault {

    private final long id;
    private final FaultKind kind;
    private final Arguments arguments;
    private final Fault fault;
    private final long startedAt = System.currentTimeMillis();
    private int uses;

    ActiveFault(long id, FaultKind kind, Arguments arguments) {
        this.id = id;
        this.kind = kind;
        this.arguments = arguments;
        this.fault = kind.behaviour().apply(arguments);
    }

    /** True when it is about this connection; one whose shard is not known yet is hit only without a shard given. */
    boolean concerns(GatewayConnection connection) {
        Integer shard = arguments.shard();
        return shard == null || shard.equals(connection.shard());
    }

    /** True when it is about this shard. */
    boolean concernsShard(int shard) {
        Integer meant = arguments.shard();
        return meant == null || meant == shard;
    }

    /** The open connections that it is about. */
    List<GatewayConnection> targets(Gateway gateway) {
        return gateway.connections().stream().filter(this::concerns).toList();
    }

    /** Notes that it has struck once more. */
    void used() {
        uses++;
    }

    /** True when it has struck as often as it was meant to. */
    boolean exhausted() {
        int count = arguments.count();
        return count > 0 && uses >= count;
    }

    long id() {
        return id;
    }

    FaultKind kind() {
        return kind;
    }

    Arguments arguments() {
        return arguments;
    }

    Fault fault() {
        return fault;
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("id", id).put("fault", kind.name()).put("since", startedAt);
        long millis = arguments.duration().toMillis();
        json.put("until", millis > 0 ? (Long) (startedAt + millis) : null);
        json.put("uses", uses);
        json.set("parameters", Json.tree(arguments.values()));
        return json;
    }
}
