package dev.gatewatch;

import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How fast the service starts and what memory it needs in each form in which it is shipped: jar, native executable, images; beside an empty
 * Quarkus program. What was not built is left out.
 */
final class FootprintBenchmark implements Benchmark {

    private static final int RUNS = 5;
    private static final Duration IDLE = Duration.ofSeconds(15);

    private static final int HOURS = 24;
    private static final int EVENTS_AN_HOUR = 20 * 3_600;
    private static final int AT_ONCE = 8_000;

    /** A native executable gives pages back once a minute. */
    private static final Duration AFTER_A_DAY = Duration.ofSeconds(75);

    /** A JVM's exit code after SIGTERM; Gatewatch's is 0. */
    private static final int TERMINATED = 128 + 15;

    private static final Pattern RECEIVED =
            Pattern.compile("(?m)^gatewatch_events_received_total\\{[^}]*type=\"TYPING_START\"[^}]*} (\\S+)$");
    private static final Path TARGET = Path.of("target");
    private static final Path JVM_OPTIONS = Path.of("docker", "jvm.options");

    /** What an older JVM does not know, and what is an image's own. */
    private static final Pattern OF_JDK_25 =
            Pattern.compile("--.*|-XX:\\+UseCompactObjectHeaders|-XX:TrimNativeHeapInterval.*");

    private static final Pattern OF_IMAGE = Pattern.compile("-Dorg\\.sqlite\\.lib\\.path=.*");

    private final List<String> trouble = new ArrayList<>();

    @Override
    public String name() {
        return "footprint";
    }

    /** Seconds since the program began to run. */
    private record Answers(double started, double ready, double connected) {}

    /**
     * One start. Seconds of processor time when connected; mebibytes when idle.
     *
     * @param first when probes were answered in the start before, which finds in the page cache what is left there
     */
    private record Start(double first, Answers answers, double cpu, double resident, double anonymous) {}

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        Startable empty = jar("empty Quarkus REST jar, JDK 25", 25, EmptyProgram.jar(), TERMINATED)
                .orElseThrow(() -> new NotMeasurableException("JDK 25 is not there: set JAVA25_HOME"));
        Map<Startable, List<Start>> all = new LinkedHashMap<>();
        Map<Startable, Double> days = new LinkedHashMap<>();
        all.put(empty, new ArrayList<>());
        forms().forEach(form -> all.put(form, new ArrayList<>()));
        int runs = options.runsOr(RUNS);
        for (int run = 0; run < runs; run++) {
            for (Startable form : Benchmark.turns(List.copyOf(all.keySet()), run)) {
                boolean last = run == runs - 1;
                Start start = form == empty ? startEmpty(form) : start(form, last ? days : null);
                all.get(form).add(start);
                System.err.println(form.label() + ": " + start + (last ? ", after a day " + days.get(form) : ""));
            }
        }
        return report(all, days, empty, runs).broken(trouble).findings();
    }

    private static Findings.Report report(
            Map<Startable, List<Start>> all, Map<Startable, Double> days, Startable empty, int runs) throws Exception {
        Findings.Report report = new Findings.Report()
                .head(
                        "",
                        "probes answer, ms",
                        "of empty",
                        "unwarmed, ms",
                        "ready, ms",
                        "connected, ms",
                        "processor until then, ms",
                        "memory, MiB",
                        "of it not files",
                        "after a day",
                        "size, MB");
        double emptyAnswers =
                spread(all.get(empty), start -> start.answers().started()).median();
        for (Map.Entry<Startable, List<Start>> form : all.entrySet()) {
            List<Start> starts = form.getValue();
            boolean ours = form.getKey() != empty;
            report.row(
                    form.getKey().label(),
                    millis(starts, start -> start.answers().started()),
                    String.format(
                            Locale.ROOT,
                            "%.2f",
                            spread(starts, start -> start.answers().started()).median() / emptyAnswers),
                    millis(starts, Start::first),
                    ours ? millis(starts, start -> start.answers().ready()) : "-",
                    ours ? millis(starts, start -> start.answers().connected()) : "-",
                    millis(starts, Start::cpu),
                    spread(starts, Start::resident).words("%.0f"),
                    spread(starts, Start::anonymous).words("%.0f"),
                    ours ? String.format(Locale.ROOT, "%.0f", days.get(form.getKey())) : "-",
                    String.format(Locale.ROOT, "%.0f", form.getKey().size() / 1e6));
        }
        return report.words(String.format(
                Locale.ROOT,
                "Median (least–worst) of %d starts each, taking turns; an image's start counts from when its container runs the program. Each comes after one that only warms up,"
                        + " so that its files are in the page cache: unwarmed is that one, which finds there what this machine has left. Memory is what is resident %d s after it was"
                        + " connected. A day is %,d events and %d reconnects, as fast as they were taken, in the last run, and %d s.",
                runs,
                IDLE.toSeconds(),
                HOURS * EVENTS_AN_HOUR,
                HOURS,
                AFTER_A_DAY.toSeconds()));
    }

    private static Spread spread(List<Start> starts, ToDoubleFunction<Start> figure) {
        return Spread.of(starts.stream().mapToDouble(figure).boxed().toList());
    }

    private static String millis(List<Start> starts, ToDoubleFunction<Start> seconds) {
        return spread(starts, start -> seconds.applyAsDouble(start) * 1e3).words("%,.0f");
    }

    private static List<Startable> forms() throws Exception {
        List<Startable> forms = new ArrayList<>();
        Path jar = TARGET.resolve("quarkus-app").resolve("quarkus-run.jar");
        jar("jar, JDK 17", 17, jar, 0).ifPresent(forms::add);
        jar("jar, JDK 25", 25, jar, 0).ifPresent(forms::add);
        for (Path executable : Contender.executables()) {
            String heap = "-Xmx51m"; // 40 % of 128 MiB, as in its image
            forms.add(new PlainStart("native executable", List.of(executable.toString(), heap), executable, 0));
        }
        String image = "docker.io/library/gatewatch:" + Version.current().replace("-SNAPSHOT", "");
        for (ContainerStart form : List.of(
                new ContainerStart("JVM image: JDK 25, AOT cache", image, "256m"),
                new ContainerStart("native image", image + "-native", "128m"))) {
            if (form.isThere()) {
                forms.add(form);
            }
        }
        return forms;
    }

    /** A jar with the options of the JVM image, as far as its JVM knows them; nothing where there is no such JDK. */
    private static Optional<Startable> jar(String label, int major, Path jar, int exitCode) throws IOException {
        Optional<Path> java = jdk(major);
        if (java.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(java.get().toString(), "-XX:MaxRAM=256m"));
        for (String option : Files.readAllLines(JVM_OPTIONS)) {
            if (!OF_IMAGE.matcher(option).matches()
                    && (major >= 25 || !OF_JDK_25.matcher(option).matches())) {
                command.add(option);
            }
        }
        command.addAll(List.of("-jar", jar.toString()));
        return Optional.of(new PlainStart(label, command, jar.toAbsolutePath().getParent(), exitCode));
    }

    /** The launcher of a JDK of this major version: {@code JAVA25_HOME}'s, or one under {@code /usr/lib/jvm}. */
    private static Optional<Path> jdk(int major) throws IOException {
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv("JAVA" + major + "_HOME"))
                .map(Path::of)
                .ifPresent(homes::add);
        homes.add(Path.of(System.getProperty("java.home")));
        Path installed = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> found = Files.list(installed)) {
                found.sorted().forEach(homes::add);
            }
        }
        for (Path home : homes) {
            Path release = home.resolve("release");
            if (Files.isRegularFile(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"" + major + ".")
                    && Files.isExecutable(home.resolve("bin").resolve("java"))) {
                return Optional.of(home.resolve("bin").resolve("java"));
            }
        }
        return Optional.empty();
    }

    private static Start startEmpty(Startable empty) throws Exception {
        URI address = base().resolve("/");
        Map<String, String> variables = Map.of("QUARKUS_HTTP_PORT", Integer.toString(address.getPort()));
        double first;
        try (Startable.Started started = empty.start(variables)) {
            first = await(started, address, "");
        }
        try (Startable.Started started = empty.start(variables)) {
            double answers = await(started, address, "");
            return figures(started, first, new Answers(answers, answers, answers));
        }
    }

    /** After a start that only warms up; with somewhere to put it, also the memory after a day. */
    private Start start(Startable form, @Nullable Map<Startable, Double> days) throws Exception {
        double first =
                run(form, (started, base, simulator) -> answers(started, base).started());
        return run(form, (started, base, simulator) -> {
            Start start = figures(started, first, answers(started, base));
            if (days != null) {
                liveADay(simulator, base.resolve("/q/metrics"));
                Thread.sleep(AFTER_A_DAY.toMillis());
                days.put(form, mebibytes(new ProcessFigures(started.pid()).resident()));
            }
            return start;
        });
    }

    /** What is asked of a program that runs. */
    private interface Question<T> {
        T ask(Startable.Started started, URI base, Simulator simulator) throws Exception;
    }

    /** Starts it beside a Discord of its own, asks, and ends it; a broken rule is noted. */
    private <T> T run(Startable form, Question<T> question) throws Exception {
        URI base = base();
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                Startable.Started started = form.start(variables(simulator, base))) {
            T answer = question.ask(started, base, simulator);
            simulator.violations().forEach(rule -> trouble.add(form.label() + ": " + rule));
            return answer;
        }
    }

    private static URI base() throws IOException {
        return URI.create("http://127.0.0.1:" + FreePort.find());
    }

    private static Map<String, String> variables(Simulator simulator, URI base) throws IOException {
        return Map.of(
                "DISCORD_TOKEN", simulator.token(),
                "DISCORD_API_BASE_URL", simulator.apiBaseUrl().toString(),
                "QUARKUS_HTTP_PORT", Integer.toString(base.getPort()),
                "GATEWATCH_DATA_DIR", Files.createTempDirectory("gatewatch").toString());
    }

    private static Answers answers(Startable.Started started, URI base) throws InterruptedException {
        return new Answers(
                await(started, base.resolve("/q/health/started"), ""),
                await(started, base.resolve("/q/health/ready"), ""),
                await(started, base.resolve("/discord-status"), "\"status\":\"connected\""));
    }

    private static Start figures(Startable.Started started, double first, Answers answers) throws InterruptedException {
        ProcessFigures process = new ProcessFigures(started.pid());
        double cpu = process.cpu().toMillis() / 1e3;
        Thread.sleep(IDLE.toMillis());
        return new Start(first, answers, cpu, mebibytes(process.resident()), mebibytes(process.anonymous()));
    }

    /** Seconds until it answers 200 with this text. */
    private static double await(Startable.Started started, URI address, String text) throws InterruptedException {
        Http.awaitListener(address);
        Http.await(
                address, answer -> answer.statusCode() == 200 && answer.body().contains(text));
        return (System.nanoTime() - started.began()) / 1e9;
    }

    /** Everything that a day brings, without the waiting. */
    private static void liveADay(Simulator simulator, URI metrics) throws InterruptedException {
        long expected = 0;
        for (int hour = 1; hour <= HOURS; hour++) {
            for (int sent = 0; sent < EVENTS_AN_HOUR; sent += AT_ONCE) {
                simulator.emit(AT_ONCE);
                expected += AT_ONCE;
                long all = expected;
                Http.await(metrics, answer -> received(answer.body()) >= all);
            }
            simulator.faults().inject("reconnect", Map.of());
            while (simulator.state().at("/counters/resumes").asInt() < hour) {
                Thread.sleep(10);
            }
        }
    }

    private static double received(String metrics) {
        Matcher counter = RECEIVED.matcher(metrics);
        return counter.find() ? Double.parseDouble(counter.group(1)) : 0;
    }

    private static double mebibytes(long bytes) {
        return bytes / 1_048_576.0;
    }
}
