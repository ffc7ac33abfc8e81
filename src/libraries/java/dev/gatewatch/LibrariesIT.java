package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Other people's Discord libraries against the packaged simulator, over real sockets: {@code ./mvnw verify -Plibraries}. */
@Tag("libraries")
class LibrariesIT {

    /** Runs mostly wait: for Discord's five seconds between two IDENTIFYs, and for heartbeats. */
    private static final int AT_A_TIME = 4;

    private static final Path TABLE = Path.of("target", "libraries.md");

    /** {@code -Dlibraries=eris,JDA} chooses some. */
    private static final List<String> CHOSEN =
            List.of(System.getProperty("libraries", "").split(","));

    @TestFactory
    Stream<DynamicNode> eachLibraryDoesWhatABotNeeds() throws Exception {
        LibraryPrograms programs = LibraryPrograms.prepare();
        List<Library> libraries = Arrays.stream(Library.values())
                .filter(library -> CHOSEN.equals(List.of("")) || CHOSEN.contains(library.title()))
                .toList();
        List<Callable<Map<Demand, LibraryResult>>> runs = libraries.stream()
                .<Callable<Map<Demand, LibraryResult>>>map(library -> () -> LibraryRun.of(library, programs))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<Map<Demand, LibraryResult>>> ended = threads.invokeAll(runs);
            Map<Library, Callable<Map<Demand, LibraryResult>>> results = new EnumMap<>(Library.class);
            for (int i = 0; i < libraries.size(); i++) {
                Future<Map<Demand, LibraryResult>> run = ended.get(i);
                results.put(libraries.get(i), () -> outcome(run));
            }
            return Stream.concat(
                    results.entrySet().stream().map(entry -> tests(entry.getKey(), entry.getValue())),
                    libraries.size() == Library.values().length ? Stream.of(readme(results)) : Stream.empty());
        } finally {
            threads.shutdownNow();
        }
    }

    private static DynamicNode tests(Library library, Callable<Map<Demand, LibraryResult>> results) {
        return dynamicContainer(
                library.title(),
                Arrays.stream(Demand.values())
                        .map(demand -> dynamicTest(demand.title(), () -> {
                            LibraryResult result = results.call().get(demand);
                            assertThat(result.good())
                                    .as("%s: %s", library.title(), result.trouble())
                                    .isEqualTo(!library.unmet().about().equals(demand.title()));
                        })));
    }

    /** A library that is missing here is missing in the table, too, and this is skipped like its tests. */
    private static DynamicNode readme(Map<Library, Callable<Map<Demand, LibraryResult>>> results) {
        return dynamicTest("README.md has this run's table; .ci/library-table writes it there", () -> {
            Map<Library, Map<Demand, LibraryResult>> all = new EnumMap<>(Library.class);
            for (Map.Entry<Library, Callable<Map<Demand, LibraryResult>>> entry : results.entrySet()) {
                all.put(entry.getKey(), entry.getValue().call());
            }
            String table = LibraryTable.of(all);
            Files.writeString(TABLE, table);
            assertThat(Files.readString(Path.of("README.md"))).contains(table);
        });
    }

    /** What a run found, or what kept it from running: a failure, or a reason to skip. */
    private static Map<Demand, LibraryResult> outcome(Future<Map<Demand, LibraryResult>> run) throws Exception {
        try {
            return run.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException skipped) {
                throw skipped;
            }
            throw new AssertionError(e.getCause());
        }
    }
}
