package dev.gatewatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a guild costs in memory: the objects left on the heap after READY and all its GUILD_CREATEs, less those of a bot without guilds.
 *
 * <p>A guild has 50 channels, 30 roles, 100 members and 50 emojis. The heap is counted by the JVM itself after full collections.
 */
final class MemoryBenchmark implements Benchmark {

    private static final List<Integer> GUILDS = List.of(1_000, 10_000, 50_000);
    private static final int TIGHT = 10_000;
    private static final int TIGHT_MEBIBYTES = 256;
    private static final int FIRST_SEQUENCE = 1_000_000;
    private static final Duration NO_HEARTBEATS = Duration.ofMinutes(30);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private final GuildTemplate template = new GuildTemplate();

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        List<Contender> contenders = List.of(Contender.GATEWATCH, Contender.DISCORD4J, Contender.JDA);
        int most = Integer.getInteger("bench.guilds", Integer.MAX_VALUE);
        Map<Contender, Long> empty = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            empty.put(contender, load(contender, 0, heap(0)).retained());
        }
        Findings.Report report =
                new Findings.Report().head("guilds", "Gatewatch bytes per guild", "Discord4J", "ratio", "JDA", "ratio");
        for (int guilds : GUILDS) {
            if (guilds > most) {
                continue;
            }
            List<String> cells = new ArrayList<>(List.of(String.format(Locale.ROOT, "%,d", guilds)));
            double ours = 0;
            for (Contender contender : contenders) {
                boolean first = contender == Contender.GATEWATCH;
                try {
                    Load load = load(contender, guilds, heap(guilds));
                    double bytes = (load.retained() - empty.getOrDefault(contender, 0L)) / (double) guilds;
                    System.err.printf(Locale.ROOT, "%s with %,d guilds: %s%n", contender.label, guilds, load);
                    cells.add(whole(bytes));
                    ours = first ? bytes : ours;
                    if (!first) {
                        cells.add(whole(bytes / ours));
                    }
                } catch (OverwhelmedException e) {
                    if (first) {
                        throw e;
                    }
                    System.err.println(e.getMessage());
                    cells.addAll(List.of("not in a heap of " + heap(guilds) + " MiB", ""));
                }
            }
            report.row(cells.toArray(String[]::new));
        }
        Load tight = load(Contender.GATEWATCH, Math.min(most, TIGHT), TIGHT_MEBIBYTES);
        return report.words(String.format(
                        Locale.ROOT,
                        "Live objects after %d full collections, less those of the same bot in no guild (Gatewatch %s, Discord4J %s, JDA %s);"
                                + " one run each, since it is a count and not a time. A GUILD_CREATE is %,d bytes of JSON. All are as they come:"
                                + " Discord4J keeps everything in its default store, JDA does not keep members that are not in voice.",
                        4,
                        mebibytes(empty.getOrDefault(Contender.GATEWATCH, 0L)),
                        mebibytes(empty.getOrDefault(Contender.DISCORD4J, 0L)),
                        mebibytes(empty.getOrDefault(Contender.JDA, 0L)),
                        template.length()))
                .words(String.format(
                        Locale.ROOT,
                        "Gatewatch in a heap of %d MiB took READY and %,d guilds in %.1f s, of which collecting garbage stopped it for %.2f s"
                                + " (%.1f %%, %d full collections); most resident memory %s.",
                        TIGHT_MEBIBYTES,
                        tight.guilds(),
                        tight.seconds(),
                        tight.collecting(),
                        tight.collecting() * 100 / tight.seconds(),
                        tight.fullCollections(),
                        mebibytes(tight.mostResident())))
                .findings();
    }

    /** What came of a bot and its guilds. */
    private record Load(
            int guilds, long retained, double seconds, double collecting, long fullCollections, long mostResident) {}

    /** A bot left, or was not done in time. */
    private static final class OverwhelmedException extends IllegalStateException {

        OverwhelmedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private Load load(Contender contender, int guilds, int mebibytes) throws Exception {
        List<Long> ids = IntStream.range(0, guilds).mapToObj(GuildTemplate::id).toList();
        List<String> jvm = List.of("-Xmx" + mebibytes + "m", "-XX:+UseSerialGC");
        try (GatewayFeed feed = GatewayFeed.start(ids, NO_HEARTBEATS);
                BotProcess bot = contender.start(feed.discord(), jvm, null, Map.of())) {
            feed.awaitReady(PATIENCE);
            ProcessFigures figures = new ProcessFigures(bot.pid());
            long begin = System.nanoTime();
            double collectedBefore = figures.collecting().toNanos() / 1e9;
            long fullBefore = figures.fullCollections();
            try {
                for (int number = 0; number < guilds; number++) {
                    feed.send(Prepared.message(template.guild(number, FIRST_SEQUENCE + number)));
                }
                feed.awaitRead(guilds == 0 ? 1 : FIRST_SEQUENCE + guilds - 1L, PATIENCE);
            } catch (IllegalStateException e) {
                throw new OverwhelmedException(
                        contender.label + " with " + guilds + " guilds: " + e.getMessage() + tail(bot.log()), e);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double collecting = figures.collecting().toNanos() / 1e9 - collectedBefore;
            long full = figures.fullCollections() - fullBefore;
            Thread.sleep(SETTLE.toMillis()); // what is still under way behind the reading
            if (feed.identified() != 1) {
                throw new OverwhelmedException(
                        contender.label + " lost its connection under " + guilds + " guilds" + tail(bot.log()), null);
            }
            return new Load(guilds, figures.retained(), seconds, collecting, full, figures.mostResident());
        }
    }

    /** A heap that is no bound to anybody. */
    private static int heap(int guilds) {
        return guilds >= 50_000 ? 14_000 : guilds >= 10_000 ? 5_000 : 1_000;
    }

    private static String tail(@Nullable String log) {
        String text = String.valueOf(log);
        return "\n" + text.substring(Math.max(0, text.length() - 2_000));
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1_048_576.0);
    }
}
