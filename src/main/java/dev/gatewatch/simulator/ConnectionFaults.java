package dev.gatewatch.simulator;

import dev.gatewatch.connection.CloseCode;
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
                    if (session != null && endsSession(code)) {
                        gateway.sessions().end(session, "closed with " + code);
                    }
                    if (fatal(code)) {
                        gateway.fatalCloses().remember(connection.identity());
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

    /** 4007 and 4009 ask for a new session; a fatal code leaves none. */
    private static boolean endsSession(int code) {
        return fatal(code) || code == CloseCode.INVALID_SEQ.code() || code == CloseCode.SESSION_TIMED_OUT.code();
    }

    private static boolean fatal(int code) {
        return CloseCode.of(code).map(row -> !row.reconnect()).orElse(false);
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
