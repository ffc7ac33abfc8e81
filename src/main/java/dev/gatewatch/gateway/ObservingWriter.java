package dev.gatewatch.gateway;

import discord4j.discordjson.json.gateway.ImmutableHeartbeat;
import discord4j.discordjson.json.gateway.Opcode;
import discord4j.gateway.json.GatewayPayload;
import discord4j.gateway.payload.PayloadWriter;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Writes payloads as Discord4J does. It leaves RESUME out, which the {@link Upgrade} has sent by then.
 *
 * <p>Heartbeats carry the sequence number of the {@link ObservedLink}, which counts payloads that Discord4J could not read.
 */
final class ObservingWriter implements PayloadWriter {

    private final PayloadWriter writer;
    private final ObservedLink link;

    ObservingWriter(PayloadWriter writer, ObservedLink link) {
        this.writer = writer;
        this.link = link;
    }

    @Override
    public Publisher<ByteBuf> write(GatewayPayload<?> payload) {
        if (Opcode.HEARTBEAT.equals(payload.getOp())) {
            return writer.write(GatewayPayload.heartbeat(ImmutableHeartbeat.of(link.sequence())));
        }
        return Opcode.RESUME.equals(payload.getOp()) ? Mono.empty() : writer.write(payload);
    }
}
