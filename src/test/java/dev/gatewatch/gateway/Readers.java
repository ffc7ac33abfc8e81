package dev.gatewatch.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import discord4j.common.JacksonResources;
import discord4j.gateway.json.GatewayPayload;
import discord4j.gateway.payload.JacksonPayloadReader;
import discord4j.gateway.payload.PayloadReader;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Discord4J's own reader and ours, to which nobody listens, and what reading costs. */
public final class Readers {

    private static final ObjectMapper MAPPER = JacksonResources.create().getObjectMapper();
    static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    final PayloadReader stock = new JacksonPayloadReader(MAPPER);
    final GuildCensus census = new GuildCensus(0, new ConnectionEvents(), Schedulers.parallel());
    final PayloadReader ours = new ObservingReader(
            MAPPER,
            new ObservedLink(0, null, new Pulse(Schedulers.parallel()), Traffic.UNMEASURED),
            new Counted(census),
            () -> {});

    static GatewayPayload<?> read(PayloadReader reader, byte[] payload) {
        return Flux.from(reader.read(Unpooled.wrappedBuffer(payload))).blockLast();
    }

    static long allocated(Runnable task) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        task.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** Nobody listens, and guilds are counted. */
    private record Counted(GuildCensus census) implements Audience {

        @Override
        public boolean reads(String type) {
            return !Listeners.EVENTS.containsKey(type);
        }

        @Override
        public void unknown(String type) {}

        @Override
        public void arrived(Glance dispatch) {
            census.count(dispatch);
        }
    }
}
