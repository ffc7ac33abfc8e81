package dev.gatewatch;

import dev.gatewatch.drill.Bot;
import dev.gatewatch.drill.Drills;
import dev.gatewatch.drill.Lane;
import dev.gatewatch.drill.RunResult;
import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Random faults, one after the other, for as long as {@code -Dbench.soak} says, with the seed that is printed: every one must be survived, and
 * nothing may grow.
 */
final class SoakBenchmark implements Benchmark {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration SETTLE = Duration.ofMillis(500);
    private static final Duration REST = Duration.ofSeconds(61);
    private static final List<String> FAULTS = List.of(
            "close/1000",
            "close/1001",
            "close/1006",
            "close/1011",
            "close/4000",
            "close/4008",
            "close/4009",
            "drop",
            "fin",
            "reconnect",
            "invalid-session/true",
            "invalid-session/false",
            "black-hole/current",
            "mute-acks",
            "malformed-json",
            "corrupt-zlib",
            "dead-resume-url",
            "unknown-opcode",
            "unknown-event",
            "dispatch-flood",
            "fragmented-frames");

    /** The first faults fill caches and pools; what they leave is what is compared with. */
    private static final double SETTLED_AFTER = 0.25;

    /** What the facts of one fault may take in the database. */
    private static final long BYTES_A_FAULT = 8_192;

    /**
     * What may wait to be written into it, in bytes: SQLite begins anew once a thousand pages wait, and never makes the file smaller by itself, so that
     * its size at any one time says how often that has happened, not what there is.
     */
    private static final long WAITING = 8 << 20;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        System.err.printf(Locale.ROOT, "Soak of %s, seed %d%n", options.soak(), options.seed());
        Random random = new Random(options.seed());
        Path data = Files.createTempDirectory("gatewatch");
        Rules rules = Rules.discord().withSeed(options.seed()).withIdentifies(1, Duration.ofSeconds(5), 100_000);
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults()
                        .withPort(0)
                        .withHeartbeatInterval(INTERVAL)
                        .withRules(rules));
                BotProcess bot = Contender.GATEWATCH.start(
                        new Contender.Discord(simulator.apiBaseUrl(), simulator.gatewayUrl(), simulator.token()),
                        List.of("-Xmx102m", "-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=32m"),
                        null,
                        Map.of("GATEWATCH_DATA_DIR", data.toString()))) {
            Lane lane = new Lane(simulator, Bot.unknown(Contender.GATEWATCH.label), SETTLE);
            long begin = System.nanoTime();
            List<RunResult> results = new ArrayList<>();
            Footprint early = null;
            while (System.nanoTime() - begin < options.soak().toNanos()) {
                String fault = FAULTS.get(random.nextInt(FAULTS.size()));
                Drills drills = new Drills(lane, INTERVAL, List.of(fault), 1, REST, random.nextLong());
                drills.carryOut(result -> System.err.println("soak: " + result));
                results.addAll(drills.results());
                if (early == null && System.nanoTime() - begin > options.soak().toNanos() * SETTLED_AFTER) {
                    early = Footprint.of(bot, data);
                }
            }
            Footprint late = Footprint.of(bot, data);
            return findings(options, results, early == null ? late : early, late);
        }
    }

    private static Findings findings(BenchOptions options, List<RunResult> results, Footprint early, Footprint late) {
        List<String> broken = new ArrayList<>(results.stream()
                .filter(run -> !run.good())
                .map(Object::toString)
                .toList());
        bound(broken, "live heap", early.heap, late.heap, 1.2, 2 << 20);
        bound(broken, "threads", early.threads, late.threads, 1, 6);
        bound(broken, "file descriptors", early.files, late.files, 1, 12);
        bound(broken, "memory outside the heap", early.direct, late.direct, 1.3, 16 << 20);
        bound(broken, "the database", early.database, late.database, 1, BYTES_A_FAULT * results.size() + (1 << 18));
        bound(broken, "what waits to be written into the database", 0, late.waiting, 1, WAITING);
        return new Findings.Report()
                .head(
                        "after " + results.size() + " faults",
                        "live heap, MiB",
                        "resident outside the heap, MiB",
                        "threads",
                        "files",
                        "database, KiB",
                        "waiting for it, KiB")
                .row(early.cells("at a quarter"))
                .row(late.cells("at the end"))
                .words("Random faults for " + options.soak() + ", seed " + options.seed()
                        + ". One that is not survived, a broken rule of Discord's, or anything that grows"
                        + " fails the build. The database grows with what happens, at most 8 KiB a fault: "
                        + String.format(
                                Locale.ROOT,
                                "%.0f",
                                (late.database - early.database) / Math.max(1, results.size() * (1 - SETTLED_AFTER)))
                        + " bytes a fault, until its retention.")
                .broken(broken)
                .findings();
    }

    private static void bound(List<String> broken, String what, long early, long late, double factor, long slack) {
        if (late > early * factor + slack) {
            broken.add(what + " grew from " + early + " to " + late);
        }
    }

    private record Footprint(long heap, long direct, long threads, long files, long database, long waiting) {

        static Footprint of(BotProcess bot, Path data) throws IOException, InterruptedException, SQLException {
            Path file = data.resolve("gatewatch.db");
            Path waiting = data.resolve("gatewatch.db-wal");
            ProcessFigures process = new ProcessFigures(bot.pid());
            return new Footprint(
                    process.retained(),
                    Math.max(0, process.resident() - process.heapCommitted()),
                    process.threads(),
                    process.files(),
                    databaseSize(file),
                    Files.exists(waiting) ? Files.size(waiting) : 0);
        }

        /** Every page in use, in bytes: in the file, or waiting to be written into it. */
        private static long databaseSize(Path file) throws SQLException {
            if (Files.notExists(file)) {
                return 0;
            }
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement();
                    ResultSet size = statement.executeQuery("SELECT (page_count - freelist_count) * page_size"
                            + " FROM pragma_page_count, pragma_freelist_count, pragma_page_size")) {
                return size.getLong(1);
            }
        }

        String[] cells(String when) {
            return new String[] {
                when,
                String.format(Locale.ROOT, "%.1f", heap / 1_048_576.0),
                String.format(Locale.ROOT, "%.0f", direct / 1_048_576.0),
                Long.toString(threads),
                Long.toString(files),
                Long.toString(database / 1_024),
                Long.toString(waiting / 1_024)
            };
        }
    }
}
