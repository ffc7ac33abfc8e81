package dev.gatewatch.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.Failure;
import discord4j.discordjson.json.gateway.Dispatch;
import discord4j.discordjson.json.gateway.ImmutableHello;
import discord4j.discordjson.json.gateway.Opcode;
import discord4j.gateway.json.GatewayPayload;
import discord4j.gateway.payload.PayloadReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads what the protocol needs itself, tells it to the {@link ObservedLink}, and then builds payloads for Discord4J.
 *
 * <ol>
 *   <li>What is not JSON ends the connection: bytes were lost, and a resume brings them again.
 *   <li>A field that cannot be read counts as missing. What the protocol does not need may be missing.
 *   <li>A dispatch that nobody reads is not built: Discord4J gets its sequence number and its type.
 *   <li>A dispatch that Discord4J cannot build is skipped, since a resume would bring the very same.
 * </ol>
 */
final class ObservingReader implements PayloadReader {

    /** With shorter intervals the heartbeats alone would exceed Discord's 120 sends a minute. */
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(500);

    private static final Duration MOST_INTERVAL = Duration.ofHours(1);

    private final ObjectMapper mapper;
    private final ObservedLink link;
    private final Audience audience;
    private final Runnable heartbeat;

    /**
     * @param mapper Discord4J's JSON mapper
     * @param link is told what arrives
     * @param audience is told of each dispatch, and says which are to be built
     * @param heartbeat sends one, when Discord asks for it
     */
    ObservingReader(ObjectMapper mapper, ObservedLink link, Audience audience, Runnable heartbeat) {
        this.mapper = mapper;
        this.link = link;
        this.audience = audience;
        this.heartbeat = heartbeat;
    }

    @Override
    public Mono<GatewayPayload<?>> read(ByteBuf buffer) {
        return Mono.<GatewayPayload<?>>defer(() -> Mono.justOrEmpty(read(ByteBufUtil.getBytes(buffer))))
                .doFinally(signal -> ReferenceCountUtil.release(buffer));
    }

    /** Gives what Discord4J is to see; null when it is to see nothing. */
    private @Nullable GatewayPayload<?> read(byte[] json) {
        Glance glance;
        try {
            glance = Glance.at(mapper.getFactory(), json);
        } catch (IOException e) {
            glance = null;
        }
        if (glance == null) {
            link.failed(Failure.of(Failure.Kind.PROTOCOL, "What arrived is not JSON (" + json.length + " bytes)"));
            return null;
        }
        if (glance.sequence() != null) {
            link.advance(glance.sequence());
        }
        Opcode<?> op = Opcode.forRaw(glance.op());
        if (Opcode.DISPATCH.equals(op) && glance.type() != null) {
            return dispatch(glance, glance.type(), json);
        }
        if (Opcode.HELLO.equals(op)) {
            return hello(data(json).path("heartbeat_interval"));
        }
        if (Opcode.HEARTBEAT_ACK.equals(op)) {
            link.acknowledged();
            return new GatewayPayload<>(Opcode.HEARTBEAT_ACK, null, null, null);
        }
        if (Opcode.HEARTBEAT.equals(op)) {
            heartbeat.run();
        } else if (Opcode.RECONNECT.equals(op)) {
            link.failed(Failure.of(Failure.Kind.RECONNECT_REQUESTED, "Discord asked to reconnect (op 7)"));
        } else if (Opcode.INVALID_SESSION.equals(op)) {
            link.invalidated(data(json).asBoolean(false));
        } else {
            link.skipped("Skipped a payload that could not be understood (op " + glance.op() + ")");
        }
        return null;
    }

    private @Nullable GatewayPayload<?> hello(JsonNode interval) {
        boolean usable = interval.canConvertToInt()
                && interval.intValue() >= LEAST_INTERVAL.toMillis()
                && interval.intValue() <= MOST_INTERVAL.toMillis();
        if (!usable) {
            String found = interval.isNumber()
                    ? interval.asText()
                    : interval.getNodeType().name();
            link.skipped("Skipped a HELLO without a usable heartbeat_interval (" + found + ")");
            return null;
        }
        return link.greeted(Duration.ofMillis(interval.intValue()))
                ? new GatewayPayload<>(Opcode.HELLO, ImmutableHello.of(interval.intValue()), null, null)
                : null;
    }

    private @Nullable GatewayPayload<?> dispatch(Glance glance, String type, byte[] json) {
        switch (type) {
            case "READY" -> {
                JsonNode ready = data(json);
                String session = ready.path("session_id").asText("");
                if (session.isEmpty() || !ready.path("guilds").isArray()) {
                    link.arrived(type);
                    link.skipped("Skipped a READY without a session_id or without guilds");
                    return null;
                }
                audience.arrived(glance);
                link.ready(session, ready.path("resume_gateway_url").textValue());
                Dispatch whole = build(json, why -> {});
                return payload(glance, whole != null ? whole : ReadableFields.ready(mapper, ready));
            }
            case "RESUMED" -> {
                audience.arrived(glance);
                link.resumed();
                Dispatch whole = build(json, why -> {});
                return payload(glance, whole != null ? whole : ReadableFields.resumed());
            }
            case "RATE_LIMITED" -> link.rateLimited(data(json).path("opcode").asInt(-1));
            default -> {}
        }
        audience.arrived(glance);
        link.dispatched(type);
        return payload(glance, audience.reads(type) ? build(json, why -> refused(type, why)) : null);
    }

    /** A dispatch as Discord4J's object; null when Discord4J cannot build it. */
    private @Nullable Dispatch build(byte[] json, Consumer<Exception> refused) {
        try {
            return (Dispatch) mapper.readValue(json, GatewayPayload.class).getData();
        } catch (IOException | RuntimeException e) { // Discord4J's deserializer throws whatever it stumbles over
            refused.accept(e);
            return null;
        }
    }

    private void refused(String type, Exception why) {
        if (why.getClass() == IllegalArgumentException.class) { // how Discord4J refuses a type that it does not know
            audience.unknown(type);
        } else {
            link.skipped("Skipped a payload that could not be understood (op 0, " + type + "): "
                    + why.getClass().getSimpleName());
        }
    }

    private static GatewayPayload<Dispatch> payload(Glance glance, @Nullable Dispatch dispatch) {
        return new GatewayPayload<>(Opcode.DISPATCH, dispatch, glance.sequence(), glance.type());
    }

    private JsonNode data(byte[] json) {
        try {
            return mapper.readTree(json).path("d");
        } catch (IOException e) {
            throw new IllegalStateException("It was JSON a moment ago", e);
        }
    }
}
