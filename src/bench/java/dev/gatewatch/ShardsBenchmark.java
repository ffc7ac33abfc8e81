package dev.gatewatch;

import dev.gatewatch.simulator.Journal.Entry;
import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;

/** Many shards in one process: how long they take to identify beside what Discord's limit allows, and what each costs. */
final class ShardsBenchmark implements Benchmark {

    private static final List<Integer> SHARDS = List.of(1, 16, 64, 256);
    private static final int CONCURRENCY = 16;
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What a process still has in hand after its start, the compiler's work above all, is not what an idle one costs. */
    private static final Duration SETTLE = Duration.ofMinutes(2);

    /** A heartbeat of each shard, neither more nor less. */
    private static final Duration IDLE = SimulatorOptions.defaults().heartbeatInterval();

    @Override
    public String name() {
        return "shards";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        int most = Integer.getInteger("bench.shards", Integer.MAX_VALUE);
        List<Measured> all = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (int shards : SHARDS) {
            if (shards <= most) {
                all.add(measure(shards, broken));
                System.err.println(all.get(all.size() - 1));
            }
        }
        Measured one = all.get(0);
        Findings.Report report = new Findings.Report()
                .head(
                        "shards",
                        "identified in, s",
                        "the limit, s",
                        "live heap per shard, KiB",
                        "of a core idle, % per shard",
                        "`/discord-status`, ms",
                        "`/q/metrics`, ms");
        for (Measured measured : all) {
            int further = Math.max(1, measured.shards - 1);
            report.row(
                    Integer.toString(measured.shards),
                    number("%.1f", measured.identified),
                    number("%.0f", measured.limit),
                    measured.shards == 1 ? "-" : number("%.0f", (measured.retained - one.retained) / 1_024.0 / further),
                    measured.shards == 1 ? "-" : number("%.3f", (measured.cpu - one.cpu) * 100 / further),
                    number("%.1f", measured.status),
                    number("%.1f", measured.metrics));
        }
        return report.words(String.format(
                        Locale.ROOT,
                        "max_concurrency %d: so many IDENTIFYs in %d s; the limit is what lies between the first and the last. One run of each; the heap after full"
                                + " collections and the processor over a heartbeat interval of %.2f s without events, %d s after, less those of one shard, divided by the further ones."
                                + " With one shard: %.1f MiB live, %.2f %% of a core.",
                        CONCURRENCY,
                        WINDOW.toSeconds(),
                        IDLE.toMillis() / 1e3,
                        SETTLE.toSeconds(),
                        one.retained / 1_048_576.0,
                        one.cpu * 100))
                .broken(broken)
                .findings();
    }

    private record Measured(
            int shards, double identified, double limit, long retained, double cpu, double status, double metrics) {}

    private static Measured measure(int shards, List<String> broken) throws Exception {
        Rules rules = Rules.discord().withShards(shards, shards).withIdentifies(CONCURRENCY, WINDOW, 1_000);
        int port = FreePort.find();
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults()
                        .withPort(0)
                        .withGuilds(shards, shards * 250)
                        .withRules(rules));
                BotProcess bot = Contender.GATEWATCH.start(
                        new Contender.Discord(simulator.apiBaseUrl(), simulator.gatewayUrl(), simulator.token()),
                        List.of("-Xmx512m", "-XX:+UseSerialGC"),
                        null,
                        Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)))) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> times(simulator, "ready").size() == shards);
            List<Long> sent = times(simulator, "identify");
            List<Long> ready = times(simulator, "ready");
            ProcessFigures process = new ProcessFigures(bot.pid());
            URI base = URI.create("http://127.0.0.1:" + port);
            double status = millis(base.resolve("/discord-status"));
            double metrics = millis(base.resolve("/q/metrics"));
            long retained = process.retained();
            Thread.sleep(SETTLE.toMillis());
            Duration before = process.cpu();
            Thread.sleep(IDLE.toMillis());
            double cpu = process.cpu().minus(before).toNanos() / (double) IDLE.toNanos();
            simulator.violations().forEach(violation -> broken.add(shards + " shards: " + violation));
            return new Measured(
                    shards,
                    (ready.get(ready.size() - 1) - sent.get(0)) / 1e9,
                    (double) ((shards - 1) / CONCURRENCY * WINDOW.toSeconds()),
                    retained,
                    cpu,
                    status,
                    metrics);
        }
    }

    private static List<Long> times(Simulator simulator, String event) {
        return simulator.journal().entries().stream()
                .filter(entry -> entry.event().equals(event))
                .map(Entry::nanos)
                .sorted()
                .toList();
    }

    /** The median of some answers. */
    private static double millis(URI address) throws InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            long begin = System.nanoTime();
            Http.await(address, answer -> answer.statusCode() == 200);
            if (i >= 10) {
                times.add((System.nanoTime() - begin) / 1e6);
            }
        }
        return Spread.of(times).median();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
