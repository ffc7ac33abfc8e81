package dev.gatewatch;

import dev.gatewatch.drill.Bot;
import dev.gatewatch.drill.Comparison;
import dev.gatewatch.drill.Conditions;
import dev.gatewatch.drill.Drills;
import dev.gatewatch.drill.Lane;
import dev.gatewatch.drill.RunResult;
import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * How long each bot is away after a fault: ours, stock Discord4J, JDA and discord.js, each against a simulator of its own.
 *
 * <p>Where a recovery takes milliseconds the bots take turns, one at a time, and each round begins with another bot and another fault. Where it takes seconds of
 * waiting, all are struck at once. {@code -Dcomparison.bot="node bot.js"} adds a bot, which finds the API base URL and a token in {@code
 * DISCORD_API_BASE_URL} and {@code DISCORD_TOKEN}.
 */
final class RecoveryBenchmark implements Benchmark {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration SETTLE = Duration.ofMillis(800);
    private static final Duration REST = Duration.ofSeconds(61);
    private static final int RUNS = 10;
    private static final int WARM_UP = 2;
    private static final List<String> QUICK = List.of(
            "close/1000", "close/1001", "drop", "reconnect", "close/4000", "close/4009", "invalid-session/false");
    private static final List<String> SLOW = List.of("black-hole/current", "mute-acks", "refuse", "syn-drop");

    /** Of the table; when they are struck, each round begins with another one. */
    private static final List<String> ORDER =
            Stream.concat(QUICK.stream(), SLOW.stream()).toList();

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        int runs = options.runsOr(RUNS);
        try {
            List<Lane> lanes = lanes(options.seed());
            Map<String, List<RunResult>> results = new LinkedHashMap<>();
            lanes.forEach(lane -> results.put(lane.bot().name(), new ArrayList<>()));
            for (int run = 1 - WARM_UP; run <= runs; run++) {
                boolean counts = run > 0;
                takeTurns(lanes, chosen(QUICK, options), run, options.seed(), counts ? results : Map.of());
                if (counts) {
                    allAtOnce(lanes, chosen(SLOW, options), run, options.seed(), results);
                }
            }
            return findings(results, options.seed());
        } finally {
            for (AutoCloseable resource : opened) {
                resource.close();
            }
        }
    }

    private Findings findings(Map<String, List<RunResult>> results, long seed) {
        results.values().forEach(runs -> runs.sort(Comparator.comparingInt(run -> ORDER.indexOf(run.drill()))));
        Comparison comparison = new Comparison(
                results,
                Conditions.here(
                        "Taking turns (" + String.join(", ", SLOW) + ": all at once) after " + WARM_UP
                                + " rounds of warm-up",
                        Version.current(),
                        seed,
                        INTERVAL.toMillis(),
                        ""));
        Findings.Report report = new Findings.Report();
        List<String> broken = new ArrayList<>();
        report.words(comparison.markdown().strip());
        results.forEach((bot, runs) -> {
            if (Contender.isOurs(bot)) {
                runs.stream().filter(run -> !run.good()).forEach(run -> broken.add(bot + ": " + run));
                return;
            }
            List<String> others = runs.stream()
                    .flatMap(run -> run.violations().stream().map(rule -> run.drill() + ": " + rule))
                    .distinct()
                    .toList();
            if (!others.isEmpty()) {
                report.words(bot + " broke rules of Discord's: " + String.join("; ", others) + ".");
            }
        });
        report.broken(broken);
        absent.forEach(report::words);
        return report.findings();
    }

    private List<Lane> lanes(long seed) throws IOException {
        List<Lane> lanes = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            Optional<String> hindrance = contender.hindrance();
            if (hindrance.isPresent()) {
                absent.add("Not measured: " + contender.label + ". " + hindrance.get());
                continue;
            }
            Simulator simulator = simulator(seed);
            Contender.Discord discord =
                    new Contender.Discord(simulator.apiBaseUrl(), simulator.gatewayUrl(), simulator.token());
            opened.add(0, contender.start(discord, List.of(), null, Map.of()));
            lanes.add(new Lane(simulator, Bot.unknown(contender.label), SETTLE));
        }
        String other = System.getProperty("comparison.bot", "");
        if (!other.isBlank()) {
            Simulator simulator = simulator(seed);
            Map<String, String> variables = Map.of(
                    "DISCORD_API_BASE_URL", simulator.apiBaseUrl().toString(), "DISCORD_TOKEN", simulator.token());
            opened.add(0, BotProcess.start(variables, Arrays.asList(other.split(" "))));
            lanes.add(new Lane(simulator, Bot.unknown(other), SETTLE));
        }
        return lanes;
    }

    private Simulator simulator(long seed) {
        Simulator simulator = Simulator.start(SimulatorOptions.defaults()
                .withPort(0)
                .withHeartbeatInterval(INTERVAL)
                .withRules(Rules.discord().withSeed(seed)));
        opened.add(simulator);
        return simulator;
    }

    private static List<String> chosen(List<String> rows, BenchOptions options) {
        return options.faults().isEmpty()
                ? rows
                : rows.stream().filter(options.faults()::contains).toList();
    }

    private static void takeTurns(
            List<Lane> lanes, List<String> rows, int run, long seed, Map<String, List<RunResult>> results)
            throws InterruptedException {
        for (String row : Benchmark.turns(rows, run)) {
            for (Lane lane : Benchmark.turns(lanes, run)) {
                note(lane, drill(lane, row, seed + run), results);
            }
        }
    }

    private static void allAtOnce(
            List<Lane> lanes, List<String> rows, int run, long seed, Map<String, List<RunResult>> results)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        try {
            for (String row : rows) {
                Map<Lane, Future<List<RunResult>>> drills = new LinkedHashMap<>();
                lanes.forEach(lane -> drills.put(lane, threads.submit(() -> drill(lane, row, seed + run))));
                for (Map.Entry<Lane, Future<List<RunResult>>> drill : drills.entrySet()) {
                    note(drill.getKey(), drill.getValue().get(), results);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a drill could not be carried out", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<RunResult> drill(Lane lane, String row, long seed) throws InterruptedException {
        Drills drills = new Drills(lane, INTERVAL, List.of(row), 1, REST, seed);
        drills.carryOut(result -> {});
        return drills.results();
    }

    private static void note(Lane lane, List<RunResult> runs, Map<String, List<RunResult>> results) {
        runs.forEach(run -> System.err.println(lane.bot().name() + ": " + run));
        List<RunResult> all = results.get(lane.bot().name());
        if (all != null) {
            all.addAll(runs);
        }
    }
}
