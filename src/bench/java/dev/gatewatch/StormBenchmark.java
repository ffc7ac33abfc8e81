package dev.gatewatch;

import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How fast probes are answered while one client does everything that it can, within the image's limits. */
final class StormBenchmark implements Benchmark {

    private static final Duration CALM = Duration.ofSeconds(20);
    private static final Duration STORM = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        Path data = Files.createTempDirectory("gatewatch");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                RunningService service = Storm.startTarget(simulator, data)) {
            String oldestFact = LongPast.fill(simulator, service, data);
            service.awaitConnected();
            List<Probes.Answer> calm = Probes.of(service).ask(CALM);
            List<Probes.Answer> stormy;
            try (Storm storm = new Storm(service.port(), oldestFact)) {
                stormy = Probes.of(service).ask(STORM);
            }
            return report(calm, stormy, service.mostResident());
        }
    }

    private static Findings report(List<Probes.Answer> calm, List<Probes.Answer> stormy, long mostResident) {
        Findings.Report report =
                new Findings.Report().head("99 of 100 answers within, ms", "calm", "storm", "slowest in the storm");
        for (String path : List.of("/health", "/q/health/live", "/q/health/ready")) {
            report.row("`" + path + "`", within(calm, path, 0.99), within(stormy, path, 0.99), within(stormy, path, 1));
        }
        long failed = stormy.stream().filter(answer -> answer.status() != 200).count();
        return report.words(String.format(
                        Locale.ROOT,
                        "%,d probes in the storm, of which %d were not answered with 200; at most %d MiB resident.",
                        stormy.size(),
                        failed,
                        mostResident >> 20))
                .findings();
    }

    private static String within(List<Probes.Answer> answers, String path, double share) {
        List<Duration> times = answers.stream()
                .filter(answer -> answer.address().getPath().equals(path))
                .map(Probes.Answer::time)
                .sorted()
                .toList();
        Duration time = times.get((int) Math.ceil(times.size() * share) - 1);
        return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e6);
    }
}
