package dev.gatewatch.simulator;

import static dev.gatewatch.simulator.FaultKind.instant;
import static dev.gatewatch.simulator.FaultKind.lasting;
import static dev.gatewatch.simulator.FaultKind.timed;

import java.util.List;
import java.util.stream.Collectors;

/** Every fault there is, one row each. */
final class FaultCatalogue {

    // spotless:off
    static final List<FaultKind> ROWS = List.of(
            instant("close", "closes the WebSocket with a code and a reason; 1006 ends it without a close frame",
                    ConnectionFaults::close,
                    Parameter.integer("code", 1000, 1000, 4999, "the close code"),
                    Parameter.text("reason", "", "the close reason")),
            instant("reconnect", "asks the client to reconnect and resume (op 7)", ConnectionFaults::reconnect),
            instant("invalid-session", "says that the session is invalid (op 9); it ends unless resumable",
                    ConnectionFaults::invalidSession,
                    Parameter.flag("resumable", false, "op 9's d")),
            instant("drop", "resets the TCP connection", arguments -> ConnectionFaults.each(GatewayConnection::reset)),
            lasting("mute-acks", "heartbeats get no ACK", arguments -> PayloadFaults.dropping(Opcode.HEARTBEAT_ACK)),
            timed("refuse", "closes the listening socket: a TCP connect is refused, gateway connections are reset",
                    arguments -> new RefuseFault(),
                    Parameter.number("seconds", 10, 0.1, 600, "how long nothing listens")));
    // spotless:on

    private FaultCatalogue() {}

    /** The row of this name. */
    static FaultKind find(String name) {
        return ROWS.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    String names = ROWS.stream().map(FaultKind::name).collect(Collectors.joining(", "));
                    return new FaultRefusedException("there is no fault '" + name + "'; there are: " + names);
                });
    }
}
