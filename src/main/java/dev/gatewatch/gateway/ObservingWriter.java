package dev.gatewatch.gateway;

import discord4j.discordjson.json.gateway.Opcode;
import discord4j.gateway.json.GatewayPayload;
import discord4j.gateway.payload.PayloadWriter;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;

/** Writes payloads as Discord4J does, and tells the {@link Pulse} of each heartbeat. */
final class ObservingWriter implements PayloadWriter {

    private final PayloadWriter writer;
    private final Pulse pulse;

    ObservingWriter(PayloadWriter writer, Pulse pulse) {
        this.writer = writer;
        this.pulse = pulse;
    }

    @Override
    public Publisher<ByteBuf> write(GatewayPayload<?> payload) {
        if (Opcode.HEARTBEAT.equals(payload.getOp())) {
            pulse.beatSent();
        }
        return writer.write(payload);
    }
}
