package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * All benchmarks: {@code ./mvnw verify -Pbench}, or some of them: {@code -Dbench=memory,reading}.
 *
 * <p>Each prints a Markdown table, writes it to {@code target/bench}, and puts it between its markers in the README. One that cannot be
 * run here says why and leaves the README alone. The build fails when a rule of Discord's is broken meanwhile.
 */
@Tag("bench")
@SuppressWarnings("SystemOut") // printing is what it is for
class BenchmarksIT {

    private static final List<Benchmark> ALL = List.of(
            new ReadingBenchmark(),
            new RecoveryBenchmark(),
            new MemoryBenchmark(),
            new ThroughputBenchmark(),
            new StatusBenchmark(),
            new ShardsBenchmark(),
            new PageBenchmark(),
            new SoakBenchmark(),
            new StormBenchmark(),
            new FootprintBenchmark());

    private final BenchOptions options = BenchOptions.ofSystem();

    @TestFactory
    Stream<DynamicTest> measures() {
        List<String> names = ALL.stream().map(Benchmark::name).toList();
        assertThat(names).as("-Dbench").containsAll(options.parts());
        return ALL.stream()
                .filter(part -> options.parts().isEmpty() || options.parts().contains(part.name()))
                .map(part -> dynamicTest(part.name(), () -> measure(part)));
    }

    private void measure(Benchmark part) throws Exception {
        System.out.println("Benchmark: " + part.name());
        Findings findings;
        try {
            findings = part.measure(options);
        } catch (Benchmark.NotMeasurableException e) {
            System.out.println("NOT MEASURED: " + part.name() + ": " + e.getMessage());
            return;
        }
        String text = findings.markdown() + "\n\n" + Machine.line() + "\n";
        System.out.println("\n" + text);
        Path file = Path.of("target", "bench", part.name() + ".md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        if (options.readme()) {
            ReadmeSection.of("bench:" + part.name()).replace(text);
        }
        assertThat(findings.broken()).as("what must not happen").isEmpty();
    }
}
