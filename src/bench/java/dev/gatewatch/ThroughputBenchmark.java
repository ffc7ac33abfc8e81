package dev.gatewatch;

import dev.gatewatch.gateway.RealisticPayloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many dispatches a second come through from the socket to the bot, on one processor, and how late a bot is behind a burst.
 *
 * <p>The bot is bound to one processor and the feed to what is left; everything it sends is compressed beforehand. A bot is done when its heartbeat
 * says that it has read the last dispatch.
 */
final class ThroughputBenchmark implements Benchmark {

    private static final int BLOCK = 2_000;
    private static final int BLOCKS = Integer.getInteger("bench.blocks", 15);
    private static final int BURST = 1_000;
    private static final int BURSTS = 20;
    private static final int WARM_UP = 3;
    private static final int RUNS = 7;
    private static final Duration SETTLE = Duration.ofSeconds(2);

    /** So much heap because Discord4J's store keeps messages: with 256 MiB it left before all runs were over. */
    private static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseSerialGC");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_BURSTS = Duration.ofMillis(700);
    private static final Duration NO_HEARTBEATS = Duration.ofMinutes(30);

    private final List<byte[]> block = block();

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        int runs = options.runsOr(RUNS);
        Map<Contender, Figures> figures = new EnumMap<>(Contender.class);
        List<Contender> contenders = List.of(Contender.GATEWATCH, Contender.DISCORD4J);
        Map<Contender, GatewayFeed> feeds = new EnumMap<>(Contender.class);
        Map<Contender, BotProcess> bots = new EnumMap<>(Contender.class);
        try {
            for (Contender contender : contenders) {
                GatewayFeed feed = GatewayFeed.start(List.of(GuildTemplate.id(0)), NO_HEARTBEATS);
                feeds.put(contender, feed);
                bots.put(contender, contender.start(feed.discord(), JVM, 1, Map.of()));
                feed.awaitReady(PATIENCE);
                figures.put(contender, new Figures());
            }
            for (int run = 1 - WARM_UP; run <= runs; run++) {
                for (Contender contender : contenders) {
                    measure(
                            feeds.get(contender),
                            bots.get(contender).pid(),
                            run > 0 ? figures.get(contender) : new Figures());
                }
            }
            for (int burst = -2; burst < BURSTS; burst++) {
                for (Contender contender : contenders) {
                    double lag = lag(feeds.get(contender));
                    if (burst >= 0) {
                        figures.get(contender).lags.add(lag);
                    }
                }
            }
            return findings(figures, feeds);
        } catch (IllegalStateException e) {
            Thread.sleep(SETTLE.toMillis()); // so that it can say why it left
            bots.forEach((contender, bot) -> System.err.println(contender.label + " said last:\n" + bot.log()));
            throw e;
        } finally {
            for (BotProcess bot : bots.values()) {
                bot.close();
            }
            feeds.values().forEach(GatewayFeed::close);
        }
    }

    private Findings findings(Map<Contender, Figures> figures, Map<Contender, GatewayFeed> feeds) {
        Spread ours = Spread.of(figures.get(Contender.GATEWATCH).perSecond);
        Spread theirs = Spread.of(figures.get(Contender.DISCORD4J).perSecond);
        Spread ourCpu = Spread.of(figures.get(Contender.GATEWATCH).micros);
        Spread theirCpu = Spread.of(figures.get(Contender.DISCORD4J).micros);
        Spread ourLag = Spread.of(figures.get(Contender.GATEWATCH).lags);
        Spread theirLag = Spread.of(figures.get(Contender.DISCORD4J).lags);
        List<String> broken = feeds.entrySet().stream()
                .filter(feed -> feed.getValue().identified() != 1)
                .map(feed -> feed.getKey().label + " lost its connection under the flood")
                .toList();
        return new Findings.Report()
                .head("on one processor", "Gatewatch", "Discord4J 3.3.2", "ratio")
                .row(
                        "dispatches a second",
                        ours.words("%,.0f"),
                        theirs.words("%,.0f"),
                        ratio(ours.median() / theirs.median()))
                .row(
                        "processor time of one, µs",
                        ourCpu.words("%.1f"),
                        theirCpu.words("%.1f"),
                        ratio(theirCpu.median() / ourCpu.median()))
                .row(
                        "behind a burst of " + String.format(Locale.ROOT, "%,d", BURST) + ", ms",
                        ourLag.words("%.0f"),
                        theirLag.words("%.0f"),
                        ratio(theirLag.median() / ourLag.median()))
                .words(String.format(
                        Locale.ROOT,
                        "Median (least–worst) of %d runs of %,d dispatches, taking turns after %d runs of warm-up; a ratio over 1 is in favour of"
                                + " Gatewatch. The mix: 50 %% MESSAGE_CREATE, 35 %% TYPING_START, 15 %% MESSAGE_REACTION_ADD, to which nobody listens; heap 1 GiB."
                                + " From the socket over inflating and reading to the bot's count, its metrics and its event dispatcher; the time ends when a heartbeat says that"
                                + " the last was read. Not measured: the network, TLS, and what listeners do.",
                        ours.count(),
                        BLOCK * BLOCKS,
                        WARM_UP))
                .broken(broken)
                .findings();
    }

    private void measure(GatewayFeed feed, long pid, Figures figures) throws InterruptedException {
        ProcessFigures process = new ProcessFigures(pid);
        long last = sentinel(feed);
        Duration cpu = process.cpu();
        long begin = System.nanoTime();
        for (int i = 0; i < BLOCKS; i++) {
            block.forEach(feed::send);
        }
        feed.send(typing(last));
        feed.flush();
        feed.awaitRead(last, PATIENCE);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Thread.sleep(300); // what it does behind the reading is its work too
        double spent = process.cpu().minus(cpu).toNanos() / 1e3;
        figures.perSecond.add(BLOCK * BLOCKS / seconds);
        figures.micros.add(spent / (BLOCK * BLOCKS));
    }

    private double lag(GatewayFeed feed) throws InterruptedException {
        long last = sentinel(feed);
        for (int i = 0; i < BURST; i++) {
            feed.send(block.get(i % block.size()));
        }
        feed.send(typing(last));
        feed.flush();
        long begin = System.nanoTime();
        feed.awaitRead(last, PATIENCE);
        double millis = (System.nanoTime() - begin) / 1e6;
        Thread.sleep(BETWEEN_BURSTS.toMillis());
        return millis;
    }

    private final Map<GatewayFeed, Long> sentinels = new java.util.HashMap<>();

    /** A sequence number beyond all others: when a heartbeat carries it, everything before it was read. */
    private long sentinel(GatewayFeed feed) {
        return sentinels.merge(feed, 1_000_000L, (before, step) -> before + 1);
    }

    private static byte[] typing(long sequence) {
        return Prepared.message(RealisticPayloads.typing(Math.toIntExact(sequence)));
    }

    private static List<byte[]> block() {
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < BLOCK; i++) {
            int of = i % 20;
            messages.add(Prepared.message(
                    of < 10
                            ? RealisticPayloads.message(i + 2)
                            : of < 17 ? RealisticPayloads.typing(i + 2) : RealisticPayloads.reaction(i + 2)));
        }
        return messages;
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.1f", ratio);
    }

    private static final class Figures {

        private final List<Double> perSecond = new ArrayList<>();
        private final List<Double> micros = new ArrayList<>();
        private final List<Double> lags = new ArrayList<>();
    }
}
