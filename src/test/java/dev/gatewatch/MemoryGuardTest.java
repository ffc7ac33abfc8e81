package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The JVM of the tests is started without the option. */
class MemoryGuardTest {

    @Test
    void warnsWhenTheJvmWouldLiveOnWithoutMemory() {
        try (LoggedLines log = new LoggedLines("dev.gatewatch")) {
            MemoryGuard.check();

            assertThat(log.lines()).singleElement().asString().contains("-XX:+ExitOnOutOfMemoryError");
        }
    }
}
