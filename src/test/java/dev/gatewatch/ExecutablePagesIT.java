package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a native executable keeps of its file's pages after the start, as the kernel counts them. With {@code -Dnative} only. */
@Tag("native")
class ExecutablePagesIT {

    private static final Pattern OF_FILES = Pattern.compile("RssFile:\\s+(\\d+) kB");

    @Test
    @EnabledOnOs(OS.LINUX)
    void aNativeExecutableGivesBackWhatOnlyTheStartNeededAndThenWhatOnlyAReconnectDid() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                RunningService service = RunningService.startAgainst(simulator, Map.of())) {
            service.awaitConnected();
            long started = kibibytesOfFiles(service.pid());

            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                            kibibytesOfFiles(service.pid()))
                    .isLessThan(started * 3 / 4));

            simulator.faults().inject("reconnect", Map.of());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> simulator.state().at("/counters/resumes").asInt() > 0);
            service.awaitConnected();
            assertThat(service.status("/")).isEqualTo(200);
            assertThat(service.status("/q/metrics")).isEqualTo(200);
            long worked = kibibytesOfFiles(service.pid());

            Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                            kibibytesOfFiles(service.pid()))
                    .isLessThan(worked * 3 / 4));

            assertThat(service.status("/q/health")).isEqualTo(200);
            assertThat(service.terminate()).isZero();
        }
    }

    private static long kibibytesOfFiles(long pid) {
        try {
            Matcher of = OF_FILES.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            assertThat(of.find()).isTrue();
            return Long.parseLong(of.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
