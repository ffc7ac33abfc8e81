package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.drill.Bot;
import dev.gatewatch.drill.Comparison;
import dev.gatewatch.drill.Conditions;
import dev.gatewatch.drill.Drills;
import dev.gatewatch.drill.Lane;
import dev.gatewatch.drill.RunResult;
import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ours beside stock Discord4J, and beside any other bot, in one run: fault by fault, taking turns, each with a simulator of its own.
 *
 * <p>{@code ./mvnw verify -Pcomparison}. Prints a Markdown table, and writes it to {@code target/drill/comparison.md}. {@code
 * -Dcomparison.runs=5} says how often; {@code -Dcomparison.bot="node bot.js"} adds a bot, which finds the API base URL and a token in
 * {@code DISCORD_API_BASE_URL} and {@code DISCORD_TOKEN}.
 */
@Tag("comparison")
class StockComparisonIT {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration SETTLE = Duration.ofMillis(1_200);
    private static final Duration REST = Duration.ofSeconds(61);
    private static final long SEED = 20_261_123;
    private static final List<String> ROWS = List.of(
            "close/1000",
            "close/1001",
            "close/4000",
            "close/4009",
            "reconnect",
            "invalid-session/false",
            "drop",
            "black-hole/current",
            "mute-acks",
            "refuse");

    private final List<AutoCloseable> opened = new ArrayList<>();

    @Test
    void survivesEveryFaultAndPrintsBothTimes() throws Exception {
        try {
            Map<String, List<RunResult>> results = compare(lanes(), Integer.getInteger("comparison.runs", 5));
            Comparison comparison = new Comparison(
                    results, Conditions.here("Taking turns", Version.current(), SEED, INTERVAL.toMillis(), ""));
            System.out.println(comparison.markdown());
            Files.createDirectories(Path.of("target", "drill"));
            Files.writeString(Path.of("target", "drill", "comparison.md"), comparison.markdown());

            assertThat(results.get("Gatewatch")).allMatch(RunResult::good);
            assertThat(comparison.ratios()).hasSameSizeAs(ROWS);
        } finally {
            for (AutoCloseable resource : opened) {
                resource.close();
            }
        }
    }

    private List<Lane> lanes() throws Exception {
        List<Lane> lanes = new ArrayList<>();
        Simulator ours = simulator();
        opened.add(0, BotProcess.ours(ours));
        lanes.add(new Lane(ours, Bot.unknown("Gatewatch"), SETTLE));
        Simulator stock = simulator();
        opened.add(0, BotProcess.stock(stock));
        lanes.add(new Lane(stock, Bot.unknown("stock Discord4J 3.3.2"), SETTLE));
        String other = System.getProperty("comparison.bot", "");
        if (!other.isBlank()) {
            Simulator third = simulator();
            Map<String, String> variables =
                    Map.of("DISCORD_API_BASE_URL", third.apiBaseUrl().toString(), "DISCORD_TOKEN", third.token());
            opened.add(0, BotProcess.start(variables, List.of(other.split(" "))));
            lanes.add(new Lane(third, Bot.unknown(other), SETTLE));
        }
        return lanes;
    }

    private Simulator simulator() {
        Simulator simulator = Simulator.start(SimulatorOptions.defaults()
                .withPort(0)
                .withHeartbeatInterval(INTERVAL)
                .withRules(Rules.discord().withSeed(SEED)));
        opened.add(simulator);
        return simulator;
    }

    private static Map<String, List<RunResult>> compare(List<Lane> lanes, int runs) throws InterruptedException {
        Map<String, List<RunResult>> results = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            for (String row : ROWS) {
                for (Lane lane : lanes) {
                    Drills drills = new Drills(lane, INTERVAL, List.of(row), 1, REST, SEED + run);
                    drills.carryOut(result -> System.err.println(lane.bot().name() + ": " + result));
                    results.computeIfAbsent(lane.bot().name(), name -> new ArrayList<>())
                            .addAll(drills.results());
                }
            }
        }
        return results;
    }
}
