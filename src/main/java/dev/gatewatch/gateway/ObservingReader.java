package dev.gatewatch.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.Failure;
import discord4j.discordjson.json.gateway.Dispatch;
import discord4j.discordjson.json.gateway.Opcode;
import discord4j.gateway.json.GatewayPayload;
import discord4j.gateway.payload.PayloadReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads payloads as Discord4J does, and shows each to the {@link ObservedLink} first.
 *
 * <p>A dispatch that nobody reads stays unbuilt: Discord4J gets its sequence number and its type, and no data. What is not JSON ends the connection: bytes were lost, and a resume brings them again. What is JSON but not
 * understood is skipped, since a resume would bring the very same.
 */
final class ObservingReader implements PayloadReader {

    private final ObjectMapper mapper;
    private final ObservedLink link;
    private final Audience audience;

    ObservingReader(ObjectMapper mapper, ObservedLink link, Audience audience) {
        this.mapper = mapper;
        this.link = link;
        this.audience = audience;
    }

    @Override
    public Mono<GatewayPayload<?>> read(ByteBuf buffer) {
        return Mono.defer(() -> {
                    GatewayPayload<?> payload = parse(ByteBufUtil.getBytes(buffer));
                    return payload != null && link.received(payload)
                            ? Mono.<GatewayPayload<?>>just(payload)
                            : Mono.empty();
                })
                .doFinally(signal -> ReferenceCountUtil.release(buffer));
    }

    private @Nullable GatewayPayload<?> parse(byte[] json) {
        try {
            Glance glance = Glance.at(mapper.getFactory(), json);
            String type = glance == null || !glance.isDispatch() ? null : glance.type();
            if (glance != null && type != null) {
                audience.arrived(glance);
                if (glance.sequence() != null && !audience.reads(type)) {
                    return new GatewayPayload<Dispatch>(Opcode.DISPATCH, null, glance.sequence(), type);
                }
            }
            return mapper.readValue(json, GatewayPayload.class);
        } catch (IOException | RuntimeException e) { // Discord4J's deserializer throws whatever it stumbles over
            notUnderstood(json, e);
            return null;
        }
    }

    private void notUnderstood(byte[] json, Exception why) {
        try {
            JsonNode payload = mapper.readTree(json);
            if (payload.isObject()) {
                JsonNode sequence = payload.path("s");
                link.skipped(
                        sequence.isInt() ? sequence.intValue() : null,
                        payload.path("t").asText(""),
                        "Skipped a payload that could not be understood (op "
                                + payload.path("op").asText() + ", "
                                + payload.path("t").asText() + "): "
                                + why.getClass().getSimpleName());
                return;
            }
        } catch (IOException e) {
            // Not JSON at all: told below.
        }
        link.failed(Failure.of(Failure.Kind.PROTOCOL, "What arrived is not JSON (" + json.length + " bytes)"));
    }
}
