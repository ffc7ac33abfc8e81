package dev.gatewatch;

import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the status API answers under load, beside a Quarkus program that answers with nothing; and how it answers while dispatches
 * flood in and the history's database is locked.
 */
final class StatusBenchmark implements Benchmark {

    private static final List<String> PATHS =
            List.of("/health", "/discord-status", "/q/health/live", "/q/health/ready");
    private static final List<String> EMPTY_AND_PATHS =
            Stream.concat(Stream.of(""), PATHS.stream()).toList();
    private static final int[] CONNECTIONS = {64, 1_000};

    /** Of each program one after the other: what the JIT compiler makes of one is not what it makes of the next. */
    private static final int PROCESSES = 3;

    private static final int RUNS = 12;
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final int STEADY = 2_000;
    private static final int FLOOD = 1_000;
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

    private final List<String> trouble = new ArrayList<>();

    @Override
    public String name() {
        return "status";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        if (!isThere("wrk") || !isThere("taskset")) {
            throw new NotMeasurableException("wrk and taskset are needed: apt-get install wrk util-linux");
        }
        int runs = (options.runsOr(RUNS) + PROCESSES - 1) / PROCESSES;
        Map<String, List<List<Double>>> rates = new LinkedHashMap<>();
        Map<String, List<List<Double>>> times = new LinkedHashMap<>();
        for (int process = 0; process < PROCESSES; process++) {
            measure(rates, times, runs);
        }
        Findings.Report report = new Findings.Report();
        tellRates(report, rates, runs);
        tellTimes(report, times);
        return report.broken(trouble).findings();
    }

    /** One process of each program. */
    private void measure(Map<String, List<List<Double>>> rates, Map<String, List<List<Double>>> times, int runs)
            throws Exception {
        int emptyPort = FreePort.find();
        int port = FreePort.find();
        Path data = Files.createTempDirectory("gatewatch");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                BotProcess empty = start(List.of("-jar", EmptyProgram.jar().toString()), emptyPort);
                BotProcess ours = Contender.GATEWATCH.start(
                        new Contender.Discord(simulator.apiBaseUrl(), simulator.gatewayUrl(), simulator.token()),
                        JVM,
                        1,
                        Map.of("QUARKUS_HTTP_PORT", Integer.toString(port), "GATEWATCH_DATA_DIR", data.toString()))) {
            URI base = URI.create("http://127.0.0.1:" + port);
            URI nothing = URI.create("http://127.0.0.1:" + emptyPort + "/");
            awaitAnswer(base.resolve("/q/health/ready"));
            awaitAnswer(nothing);
            warmUp(base, nothing);
            calm(rates, base, nothing, runs);
            storm(times, base, simulator, data, (runs + 1) / 2);
            simulator.violations().forEach(rule -> trouble.add(rule.toString()));
        }
    }

    private void warmUp(URI base, URI nothing) throws Exception {
        Wrk.full(nothing, 64, WARM_UP.multipliedBy(2));
        for (String path : PATHS) {
            Wrk.full(base.resolve(path), 64, WARM_UP);
        }
    }

    private void calm(Map<String, List<List<Double>>> rates, URI base, URI nothing, int runs) throws Exception {
        for (int run = 0; run < runs; run++) {
            for (int i = 0; i < CONNECTIONS.length; i++) {
                for (String path : Benchmark.turns(EMPTY_AND_PATHS, run)) {
                    URI address = path.isEmpty() ? nothing : base.resolve(path);
                    rate(rates, path, i, Wrk.full(address, CONNECTIONS[i], TIME));
                }
            }
        }
    }

    private static void tellRates(Findings.Report report, Map<String, List<List<Double>>> rates, int runs) {
        report.head("answers a second", "64 connections", "of empty", "1,000 connections", "of empty");
        rates.forEach((path, lists) -> {
            List<String> cells = new ArrayList<>();
            cells.add(path.isEmpty() ? "empty Quarkus REST endpoint" : "`" + path + "`");
            for (int i = 0; i < CONNECTIONS.length; i++) {
                Spread spread = Spread.of(lists.get(i));
                double ratio = spread.median() / Spread.of(rates.get("").get(i)).median();
                cells.add(spread.words("%,.0f"));
                cells.add(String.format(Locale.ROOT, "%.2f", ratio));
            }
            report.row(cells.toArray(String[]::new));
        });
        report.words(String.format(
                Locale.ROOT,
                "wrk on one processor, each server on the other with a heap of 256 MiB; median (least–worst) of %d runs of %d s in each of %d processes,"
                        + " taking turns after a warm-up. All connections ask as fast as they are answered.",
                runs,
                TIME.toSeconds(),
                PROCESSES));
    }

    private void rate(Map<String, List<List<Double>>> rates, String path, int connections, Wrk.Load load) {
        rates.computeIfAbsent(path, key -> List.of(new ArrayList<>(), new ArrayList<>()))
                .get(connections)
                .add(load.perSecond());
        if (!load.trouble().isEmpty()) {
            trouble.add(path + ": " + load.trouble());
        }
    }

    /** The database is locked by somebody else, so that every write fails; it is seen in {@code /health} before it is measured. */
    private void storm(Map<String, List<List<Double>>> times, URI base, Simulator simulator, Path data, int runs)
            throws Exception {
        steady(times, 0, base, runs);
        try (Connection lock = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("gatewatch.db"));
                Statement statement = lock.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("BEGIN EXCLUSIVE");
            simulator.faults().inject("dispatch-flood", Map.of("perSecond", FLOOD));
            awaitWord(base.resolve("/health"), "\"unhealthy\"");
            steady(times, 2, base, runs);
            simulator.faults().healAll();
            statement.execute("ROLLBACK");
        }
    }

    private static void tellTimes(Findings.Report report, Map<String, List<List<Double>>> times) {
        report.head("99 of 100 answers within, ms", "calm, 64", "calm, 1,000", "storm, 64", "storm, 1,000");
        times.forEach((path, lists) -> {
            List<String> cells = new ArrayList<>(List.of("`" + path + "`"));
            lists.forEach(list -> cells.add(Spread.of(list).words("%.1f")));
            report.row(cells.toArray(String[]::new));
        });
        report.words(String.format(
                Locale.ROOT,
                "At %,d requests a second over all connections. In the storm %,d dispatches a second flood in and the history's database is"
                        + " locked, so that every write to it fails.",
                STEADY,
                FLOOD));
    }

    private void steady(Map<String, List<List<Double>>> times, int column, URI base, int runs) throws Exception {
        for (int run = 0; run < runs; run++) {
            for (String path : PATHS) {
                for (int i = 0; i < CONNECTIONS.length; i++) {
                    Wrk.Load load = Wrk.steady(base.resolve(path), CONNECTIONS[i], STEADY, TIME);
                    times.computeIfAbsent(
                                    path,
                                    key -> List.of(
                                            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()))
                            .get(column + i)
                            .add(load.p99Millis());
                }
            }
        }
    }

    private static BotProcess start(List<String> arguments, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "1"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(arguments);
        return BotProcess.start(Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)), command);
    }

    private static void awaitAnswer(URI address) throws InterruptedException {
        Http.await(address, answer -> answer.statusCode() == 200);
    }

    private static void awaitWord(URI address, String word) throws InterruptedException {
        Http.await(address, answer -> answer.body().contains(word));
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory).resolve(program)));
    }
}
