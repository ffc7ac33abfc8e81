package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What reading dispatches costs beside Discord4J's own reader, in memory, which does not depend on the machine or its load. */
class ReadingCostTest {

    private final Readers readers = new Readers();

    @Test
    void bothReadTheRealisticPayloads() {
        assertThat(Readers.read(readers.stock, RealisticPayloads.guild(1, 1)).getData())
                .isNotNull();
        assertThat(Readers.read(readers.ours, RealisticPayloads.guild(1, 1)).getData())
                .isNull();
        assertThat(readers.census.members()).containsValue(100L);
        assertThat(Readers.read(readers.stock, RealisticPayloads.typing(2)).getSequence())
                .isEqualTo(
                        Readers.read(readers.ours, RealisticPayloads.typing(2)).getSequence());
    }

    @Test
    void aGuildNobodyListensToTakesLessThanHalfTheGarbageOfABuiltOne() {
        assertTakesLessThanHalfTheGarbage(RealisticPayloads.guild(1, 1));
    }

    /** Messages are most of what a bot receives: generous, so that only a return to full parsing is a failure. */
    @Test
    void aMessageNobodyListensToTakesLessThanHalfTheGarbageOfABuiltOne() {
        assertTakesLessThanHalfTheGarbage(RealisticPayloads.message(1));
    }

    @Test
    void aGuildIsKeptInLessThanAKibibyte() {
        int guilds = 50_000;
        long before = used();
        for (int i = 0; i < guilds; i++) {
            readers.census.count(
                    new Glance(0, i, "GUILD_CREATE", 1_100_000_000_000_000_000L + i, 0, 100, false, List.of()));
        }
        long kept = used() - before;

        assertThat(readers.census.members()).hasSize(guilds);
        assertThat(kept / guilds).as("bytes per guild").isLessThan(1_024);
        System.out.printf("A guild is kept in %d bytes%n", kept / guilds);
    }

    private void assertTakesLessThanHalfTheGarbage(byte[] payload) {
        assumeTrue(Readers.THREADS.isThreadAllocatedMemorySupported());
        for (int i = 0; i < 20; i++) {
            Readers.read(readers.stock, payload);
            Readers.read(readers.ours, payload);
        }

        long built = Readers.allocated(() -> Readers.read(readers.stock, payload));
        long glanced = Readers.allocated(() -> Readers.read(readers.ours, payload));

        assertThat(glanced).as("bytes, where Discord4J takes %d", built).isLessThan(built / 2);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
