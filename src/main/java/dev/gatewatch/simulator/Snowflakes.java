package dev.gatewatch.simulator;

import java.util.concurrent.atomic.AtomicLong;

/** Makes ids that are unique and tell their time. See [Discord Docs/Reference/Snowflakes]. */
final class Snowflakes {

    private static final long DISCORD_EPOCH = 1_420_070_400_000L;
    private static final int SEQUENCE_MASK = 0x3FFFFF;
    private static final AtomicLong COUNT = new AtomicLong();

    private Snowflakes() {}

    static String next() {
        long sequence = COUNT.incrementAndGet() & SEQUENCE_MASK;
        return Long.toString((System.currentTimeMillis() - DISCORD_EPOCH) << 22 | sequence);
    }
}
