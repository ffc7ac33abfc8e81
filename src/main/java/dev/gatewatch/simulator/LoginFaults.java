package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Faults between the TCP connect and READY or RESUMED. */
final class LoginFaults {

    private LoginFaults() {}

    /** Every connection is ended as soon as it is there: with a close frame, or with none when the code is 1006. */
    static Fault acceptThenClose(Arguments arguments) {
        int code = arguments.integer("code");
        return new Fault() {
            @Override
            public boolean admits(GatewayConnection connection, ActiveFault self) {
                if (code == 1006) {
                    connection.end();
                } else {
                    connection.close(code, "");
                }
                return false;
            }
        };
    }

    /** HELLO leaves in the same TCP segment as the upgrade's answer: legal, but some clients lose it. */
    static Fault helloAtOnce(Arguments arguments) {
        return new Fault() {
            @Override
            public boolean greetsAtOnce(GatewayConnection connection, ActiveFault self) {
                return true;
            }
        };
    }

    /** Op 7 comes before HELLO, or in its place. */
    static Fault reconnectEarly(Arguments arguments) {
        boolean instead = arguments.text("when").equals("instead-of-hello");
        return new Fault() {
            @Override
            public Treatment treat(GatewayConnection connection, Payload payload, ActiveFault self) {
                if (payload.op() != Opcode.HELLO) {
                    return Treatment.PASS;
                }
                connection.send(Payload.of(Opcode.RECONNECT));
                return instead ? Treatment.DROP : Treatment.STRUCK;
            }
        };
    }

    /** HELLO says something else than an interval; nobody is watched or logged in after it. */
    static Fault unusableHello(Arguments arguments) {
        ObjectNode data = Json.object();
        data.set("heartbeat_interval", interval(arguments.text("interval")));
        Payload unusable = Payload.of(Opcode.HELLO, data);
        return new Fault() {
            @Override
            public Treatment treat(GatewayConnection connection, Payload payload, ActiveFault self) {
                if (payload.op() != Opcode.HELLO || payload.equals(unusable)) {
                    return Treatment.PASS;
                }
                connection.send(unusable);
                return Treatment.DROP;
            }
        };
    }

    /** Op 9 now, and again for every IDENTIFY and RESUME. */
    static Fault invalidSessionLoop(Arguments arguments) {
        boolean resumable = arguments.flag("resumable");
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) {
                ConnectionFaults.invalidSession(arguments).start(gateway, self);
            }

            @Override
            public boolean answersLogin(GatewayConnection connection, int op, ActiveFault self) {
                if (op == Opcode.IDENTIFY) {
                    connection.protocol().bookIdentify();
                }
                Login.invalidSession(connection, resumable, "fault");
                return true;
            }
        };
    }

    /** No READY, nor anything after it; those who have waited until the end get all of it then. */
    static Fault noReady(Arguments arguments) {
        Set<GatewayConnection> waiting = new LinkedHashSet<>();
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) { // else the client would resume, and need no READY
                gateway.sessions().alive().stream()
                        .filter(session -> self.concernsShard(session.shard()))
                        .forEach(session -> gateway.sessions().end(session, "no-ready"));
            }

            @Override
            public Treatment treat(GatewayConnection connection, Payload payload, ActiveFault self) {
                if (!payload.isDispatch("READY")) {
                    return Treatment.PASS;
                }
                waiting.add(connection);
                connection.withhold(true);
                return Treatment.DROP;
            }

            @Override
            public void heal(Gateway gateway, ActiveFault self) {
                if (!self.exhausted()) {
                    waiting.forEach(LoginFaults::catchUp);
                }
            }
        };
    }

    /** A RESUME gets no answer at all: no replay, no RESUMED, no op 9. */
    static Fault noResumed(Arguments arguments) {
        return new Fault() {
            @Override
            public boolean answersLogin(GatewayConnection connection, int op, ActiveFault self) {
                if (op == Opcode.RESUME) {
                    connection.note("resume", Map.of("ignored", true));
                    return true;
                }
                return false;
            }
        };
    }

    private static JsonNode interval(String json) {
        try {
            return Json.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static void catchUp(GatewayConnection connection) {
        connection.withhold(false);
        GatewaySession session = connection.session();
        if (session != null) {
            session.sentSince(0).forEach(connection::send);
        }
    }
}
