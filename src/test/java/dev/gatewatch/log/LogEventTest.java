package dev.gatewatch.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogEventTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (DEBUG|INFO|WARN|ERROR) \\| (.+) \\|$");

    @Test
    void theReadmeListsEveryEventWithItsLevelAndMeaning() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(LogEvent.values())
                        .map(event -> event.id() + " " + event.level() + " " + event.meaning())
                        .toList());
    }

    @Test
    void everyEventIsLoggedSomewhere() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            String code = files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("LogEvent.java"))
                    .map(LogEventTest::read)
                    .reduce("", String::concat);

            assertThat(LogEvent.values()).allSatisfy(event -> assertThat(code).contains("LogEvent." + event.name()));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
