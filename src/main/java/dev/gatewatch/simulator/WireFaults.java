package dev.gatewatch.simulator;

import io.netty.channel.ChannelPipeline;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Faults of the bytes on the wire. */
final class WireFaults {

    private WireFaults() {}

    static Fault malformedJson(Arguments arguments) {
        byte[] broken = "{\"t\":null,\"s\":null,\"op\":11,\"d\":".getBytes(StandardCharsets.UTF_8);
        return ConnectionFaults.each(connection -> connection.wire().write(broken));
    }

    /** Bytes that are no deflate block, with the suffix that says a message is complete. */
    static Fault corruptZlib(Arguments arguments) {
        byte[] garbage = {(byte) 0xDE, (byte) 0xAD, (byte) 0xBE, (byte) 0xEF, 0, 0, (byte) 0xFF, (byte) 0xFF};
        return ConnectionFaults.each(connection -> connection.wire().writeBinary(garbage));
    }

    static Fault oversizedFrame(Arguments arguments) {
        String padding = "x".repeat(arguments.integer("bytes"));
        return ConnectionFaults.each(connection -> dispatch(connection, "SIMULATOR_OVERSIZED", padding));
    }

    static Fault unknownEvent(Arguments arguments) {
        return ConnectionFaults.each(connection -> dispatch(connection, arguments.text("type"), ""));
    }

    /** Every message comes in frames of a few bytes. */
    static Fault fragmentedFrames(Arguments arguments) {
        int bytes = arguments.integer("bytes");
        return whileOn(
                connection -> connection.wire().fragment(bytes),
                connection -> connection.wire().fragment(0));
    }

    /** Bytes come a few at a time. */
    static Fault slowTrickle(Arguments arguments) {
        int rate = arguments.integer("bytesPerSecond");
        return whileOn(
                connection -> connection.channel().pipeline().addFirst("trickle", new Trickle(rate)), connection -> {
                    ChannelPipeline pipeline = connection.channel().pipeline();
                    if (pipeline.get("trickle") != null) {
                        pipeline.remove("trickle");
                    }
                });
    }

    /** Bytes vanish both ways and nobody is told; with {@code scope} all, new connections get no answer either. */
    static Fault blackHole(Arguments arguments) {
        boolean all = arguments.text("scope").equals("all");
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) {
                self.targets(gateway).forEach(connection -> connection.wire().hold(true));
            }

            @Override
            public @Nullable Reply answer(HttpCall call, ActiveFault self) {
                return all ? Reply.notSent(Reply.Sent.NOTHING) : null;
            }

            @Override
            public void heal(Gateway gateway, ActiveFault self) {
                self.targets(gateway).forEach(connection -> connection.wire().hold(false));
            }
        };
    }

    /** Does something to the open connections and to each that opens meanwhile, and undoes it in the end. */
    private static Fault whileOn(Consumer<GatewayConnection> on, Consumer<GatewayConnection> off) {
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) {
                self.targets(gateway).forEach(on);
            }

            @Override
            public boolean admits(GatewayConnection connection, ActiveFault self) {
                on.accept(connection);
                return true;
            }

            @Override
            public void heal(Gateway gateway, ActiveFault self) {
                self.targets(gateway).forEach(off);
            }
        };
    }

    private static void dispatch(GatewayConnection connection, String type, String padding) {
        GatewaySession session = connection.session();
        if (session != null) {
            session.dispatch(type, Json.object().put("padding", padding));
        }
    }
}
