package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.gatewatch.connection.Recovery;
import discord4j.common.JacksonResources;
import discord4j.gateway.json.GatewayPayload;
import discord4j.gateway.payload.JacksonPayloadReader;
import discord4j.gateway.payload.PayloadReader;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * What reading dispatches costs beside Discord4J's own reader. What is asserted is memory, which does not depend on the machine or its load;
 * {@code ./mvnw test -Dtest=ReadingCostTest -Dbenchmark} prints times as well.
 */
class ReadingCostTest {

    private static final ObjectMapper MAPPER = JacksonResources.create().getObjectMapper();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final PayloadReader stock = new JacksonPayloadReader(MAPPER);
    private final GuildCensus census = new GuildCensus(0, new ConnectionEvents(), Schedulers.parallel());
    private final PayloadReader ours = new ObservingReader(
            MAPPER,
            new ObservedLink(
                    new Wire.Request(0, "ws://x", Recovery.IDENTIFY, null),
                    new Pulse(Schedulers.parallel()),
                    Traffic.UNMEASURED),
            new Counted(census));

    @Test
    void bothReadTheRealisticPayloads() {
        assertThat(read(stock, RealisticPayloads.guild(1, 1)).getData()).isNotNull();
        assertThat(read(ours, RealisticPayloads.guild(1, 1)).getData()).isNull();
        assertThat(census.members()).containsValue(100L);
        assertThat(read(stock, RealisticPayloads.typing(2)).getSequence())
                .isEqualTo(read(ours, RealisticPayloads.typing(2)).getSequence());
    }

    @Test
    void aGuildNobodyListensToTakesLessThanHalfTheGarbageOfABuiltOne() {
        assumeTrue(THREADS.isThreadAllocatedMemorySupported());
        byte[] guild = RealisticPayloads.guild(1, 1);
        for (int i = 0; i < 20; i++) {
            read(stock, guild);
            read(ours, guild);
        }

        long built = allocated(() -> read(stock, guild));
        long glanced = allocated(() -> read(ours, guild));

        assertThat(glanced).as("bytes, where Discord4J takes %d", built).isLessThan(built / 2);
    }

    @Test
    void aGuildIsKeptInLessThanAKibibyte() {
        int guilds = 50_000;
        long before = used();
        for (int i = 0; i < guilds; i++) {
            census.count(new Glance(0, i, "GUILD_CREATE", 1_100_000_000_000_000_000L + i, 0, 100, false, List.of()));
        }
        long kept = used() - before;

        assertThat(census.members()).hasSize(guilds);
        assertThat(kept / guilds).as("bytes per guild").isLessThan(1_024);
        System.out.printf("A guild is kept in %d bytes%n", kept / guilds);
    }

    @Test
    @EnabledIfSystemProperty(named = "benchmark", matches = ".*")
    void printsTimes() {
        System.out.println(
                "| payload | bytes | Gatewatch, nobody listens | Discord4J | ratio | garbage: Gatewatch | Discord4J |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        compare("GUILD_CREATE", RealisticPayloads.guild(1, 1), 200);
        compare("TYPING_START", RealisticPayloads.typing(1), 20_000);
    }

    private void compare(String name, byte[] payload, int batch) {
        List<Double> ourTimes = new ArrayList<>();
        List<Double> theirTimes = new ArrayList<>();
        for (int round = 0; round < 25; round++) { // the first ones warm up
            ourTimes.add(micros(ours, payload, batch));
            theirTimes.add(micros(stock, payload, batch));
        }
        double ourMedian = median(ourTimes.subList(10, 25));
        double theirMedian = median(theirTimes.subList(10, 25));
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.1f µs | %.1f µs | %.1f | %,d B | %,d B |%n",
                name,
                payload.length,
                ourMedian,
                theirMedian,
                theirMedian / ourMedian,
                allocated(() -> read(ours, payload)),
                allocated(() -> read(stock, payload)));
    }

    private static double micros(PayloadReader reader, byte[] payload, int batch) {
        long begin = System.nanoTime();
        for (int i = 0; i < batch; i++) {
            read(reader, payload);
        }
        return (System.nanoTime() - begin) / 1e3 / batch;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static GatewayPayload<?> read(PayloadReader reader, byte[] payload) {
        return Flux.from(reader.read(Unpooled.wrappedBuffer(payload))).blockLast();
    }

    private static long allocated(Runnable task) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        task.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Nobody listens, and guilds are counted. */
    private record Counted(GuildCensus census) implements Audience {

        @Override
        public boolean reads(String type) {
            return !Listeners.EVENTS.containsKey(type);
        }

        @Override
        public void arrived(Glance dispatch) {
            census.count(dispatch);
        }
    }
}
