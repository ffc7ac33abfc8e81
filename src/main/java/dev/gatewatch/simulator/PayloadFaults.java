package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Faults of what is sent and when. */
final class PayloadFaults {

    private PayloadFaults() {}

    /** Payloads with this opcode are never sent. */
    static Fault dropping(int op) {
        return treating(op, Treatment.DROP);
    }

    /** ACKs come late. */
    static Fault ackDelay(Arguments arguments) {
        return treating(Opcode.HEARTBEAT_ACK, Treatment.late(Duration.ofMillis(arguments.integer("millis"))));
    }

    /** Before each ACK comes a crowd of GUILD_CREATEs. See disgord issue 415. */
    static Fault ackBehindFlood(Arguments arguments) {
        int guilds = arguments.integer("guilds");
        Duration delay = Duration.ofMillis(arguments.integer("millis"));
        return new Fault() {
            @Override
            public Treatment treat(GatewayConnection connection, Payload payload, ActiveFault self) {
                GatewaySession session = connection.session();
                if (payload.op() != Opcode.HEARTBEAT_ACK || session == null) {
                    return Treatment.PASS;
                }
                flood(session, guilds);
                return delay.isZero() ? Treatment.STRUCK : Treatment.late(delay);
            }
        };
    }

    /** Numbered events, so many a second, to every session. */
    static Fault dispatchFlood(Arguments arguments) {
        int ticksPerSecond = Math.min(100, arguments.integer("perSecond"));
        int perTick = arguments.integer("perSecond") / ticksPerSecond;
        List<ScheduledFuture<?>> clock = new ArrayList<>();
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) {
                long period = 1_000_000 / ticksPerSecond;
                clock.add(gateway.loop()
                        .scheduleAtFixedRate(() -> gateway.numbered().emit(perTick), 0, period, TimeUnit.MICROSECONDS));
            }

            @Override
            public void heal(Gateway gateway, ActiveFault self) {
                clock.forEach(ticking -> ticking.cancel(false));
            }
        };
    }

    private static Fault treating(int op, Treatment treatment) {
        return new Fault() {
            @Override
            public Treatment treat(GatewayConnection connection, Payload payload, ActiveFault self) {
                return payload.op() == op ? treatment : Treatment.PASS;
            }
        };
    }

    /** The session's own guilds over and over: a counter that adds them up would inflate. */
    private static void flood(GatewaySession session, int count) {
        List<JsonNode> guilds = session.sentSince(0).stream()
                .filter(payload -> payload.isDispatch("GUILD_CREATE"))
                .map(Payload::data)
                .limit(count)
                .toList();
        for (int i = 0; i < count && !guilds.isEmpty(); i++) {
            session.dispatch("GUILD_CREATE", guilds.get(i % guilds.size()));
        }
    }
}
