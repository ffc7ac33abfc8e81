package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The front door says what is true. */
class ReadmeTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\| (?:`([^`]*)`|none) \\| .+ \\|$");
    private static final Pattern COMMAND =
            Pattern.compile("(?:^|`|\\s)(\\./mvnw [^`\\n]+|java -jar [^`\\n]+)", Pattern.MULTILINE);
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\\n(.+?)```");
    private static final Pattern DRILL_ROW = Pattern.compile(
            "\\| `[a-z0-9-]+(/[a-z0-9-]+)?` \\| [-\\d,]+ \\| [a-z, ]+ (\\| (-|[\\d,]+ \\([\\d,]+\\)) ){2}(\\| \\d+ ){4}\\|");
    private static final String JAR = "java -jar target/quarkus-app/quarkus-run.jar";

    /** Each is run by {@code .ci/run}, by a test, or by a developer every day. */
    private static final Set<String> MAVEN_COMMANDS = Set.of(
            "./mvnw quarkus:dev",
            "./mvnw verify",
            "./mvnw verify -Pdrills",
            "./mvnw verify -Pbench",
            "./mvnw verify -Pbrowser",
            "./mvnw verify -Plibraries",
            "./mvnw verify -Pbrowser -Dit.test=StatusPageYearIT -Dpicture=src/site/status-page.png",
            "./mvnw spotless:apply",
            "./mvnw package -DskipTests",
            "./mvnw package -Dnative",
            "./mvnw verify -Dnative",
            "./mvnw test -Dtest=HistoryBenchmark -Dbenchmark");

    private final String readme = read();

    @Test
    void listsEverySettingWithItsDefault() {
        Map<String, String> settings = new TreeMap<>();
        Arrays.stream(Setting.values()).forEach(setting -> settings.put(setting.variable(), setting.defaultValue()));

        assertThat(rows()).containsExactlyInAnyOrderEntriesOf(settings);
    }

    @Test
    void showsOnlyCommandsThatWork() {
        List<String> commands = COMMAND.matcher(readme)
                .results()
                .map(match -> match.group(1).strip())
                .toList();

        assertThat(commands).hasSizeGreaterThan(5).allSatisfy(ReadmeTest::assertWorks);
    }

    @Test
    void showsADrillOfEveryFaultOfTheCatalogue() {
        String table = readme.substring(readme.indexOf("<!-- drill:begin -->"), readme.indexOf("<!-- drill:end -->"));
        List<String> rows = table.lines().filter(line -> line.startsWith("| `")).toList();

        assertThat(table).contains("| fault | lasts | what it does | detected | recovered | IDENTIFYs |");
        assertThat(rows).allMatch(row -> DRILL_ROW.matcher(row).matches());
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0))) {
            assertThat(rows.stream()
                            .map(row -> row.replaceFirst("^\\| `([a-z0-9-]+).*", "$1"))
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(simulator.faults().names());
        }
    }

    /** They are compiled with the tests and run by {@code CommandsTest}. */
    @Test
    void showsExamplesThatAreCompiledAndRun() throws IOException {
        List<String> examples =
                EXAMPLE.matcher(readme).results().map(match -> match.group(1)).toList();

        assertThat(examples)
                .containsExactly(
                        Files.readString(Path.of("src/test/java/com/example/GreetCommand.java")),
                        Files.readString(Path.of("src/test/java/com/example/OutageNotes.java")));
    }

    private static void assertWorks(String command) {
        if (command.startsWith("./mvnw")) {
            assertThat(command).isIn(MAVEN_COMMANDS);
            return;
        }
        assertThat(command).startsWith(JAR);
        String arguments = command.substring(JAR.length()).strip();
        Gatewatch.commandLine().parseArgs(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    }

    private Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(readme).results().forEach(row -> rows.put(row.group(1), row.group(2) == null ? "" : row.group(2)));
        return rows;
    }

    private static String read() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new AssertionError("README.md cannot be read", e);
        }
    }
}
