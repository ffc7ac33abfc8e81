package dev.gatewatch.simulator;

import dev.gatewatch.connection.CloseCode;
import dev.gatewatch.connection.Recovery;
import java.util.Map;
import java.util.function.Consumer;

/** Instant faults that strike the open connections. */
final class ConnectionFaults {

    private ConnectionFaults() {}

    /** Does something to each connection that is meant. */
    static Fault each(Consumer<GatewayConnection> strike) {
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) {
                self.targets(gateway).forEach(strike);
            }
        };
    }

    /** A code that asks for a new session, or for none, ends the session, as Discord's table says. */
    static Fault close(Arguments arguments) {
        int code = arguments.integer("code");
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) {
                for (GatewayConnection connection : self.targets(gateway)) {
                    GatewaySession session = connection.session();
                    if (session != null && CloseCode.recoveryFor(code) != Recovery.RESUME) {
                        gateway.sessions().end(session, "closed with " + code);
                    }
                    if (code == 1005 || code == 1006) { // never on the wire: they mean that there was no close frame
                        connection.end();
                    } else {
                        connection.close(code, arguments.text("reason"));
                    }
                }
            }
        };
    }

    static Fault reconnect(Arguments arguments) {
        return each(connection -> {
            connection.note("reconnect-requested", Map.of());
            connection.send(Payload.of(Opcode.RECONNECT));
        });
    }

    static Fault invalidSession(Arguments arguments) {
        boolean resumable = arguments.flag("resumable");
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) {
                for (GatewayConnection connection : self.targets(gateway)) {
                    GatewaySession session = connection.session();
                    if (session != null && !resumable) {
                        gateway.sessions().end(session, "invalidated");
                    }
                    Login.invalidSession(connection, resumable, "fault");
                }
            }
        };
    }
}
