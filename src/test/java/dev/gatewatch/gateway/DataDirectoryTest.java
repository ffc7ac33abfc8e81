package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class DataDirectoryTest {

    @TempDir
    Path data;

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final ConnectionEvents events = new ConnectionEvents();
    private final List<ConnectionEvent> facts = new ArrayList<>();

    @Test
    void isOursAtOnceWhenNobodyUsesIt() throws IOException {
        Path missing = data.resolve("a/b");

        StepVerifier.create(directory(missing).done()).then(clock::advanceTime).verifyComplete();

        assertThat(permissions(missing)).isEqualTo("rwx------");
        assertThat(permissions(missing.resolve("gatewatch.lock"))).isEqualTo("rw-------");
        assertThat(facts).isEmpty();
    }

    @Test
    void isOursAsSoonAsTheOtherHasEnded() throws IOException {
        try (DirectoryLock other = new DirectoryLock(data)) {
            assertThat(other.tryTake()).isTrue();

            StepVerifier.create(directory(data).done())
                    .then(() -> clock.advanceTimeBy(Duration.ofSeconds(14)))
                    .then(other::close)
                    .then(() -> clock.advanceTimeBy(Duration.ofMillis(100)))
                    .verifyComplete();
        }
    }

    @Test
    void tellsOnceThatItWaitsAndForWhat() throws IOException {
        try (DirectoryLock other = new DirectoryLock(data)) {
            assertThat(other.tryTake()).isTrue();
            directory(data).done().subscribe(nothing -> {}, error -> {});
            clock.advanceTimeBy(Duration.ofSeconds(10));
        }

        assertThat(facts).hasSize(2);
        assertThat(facts.get(0)).isInstanceOf(ConnectionEvent.Started.class);
        assertThat(facts.get(1))
                .isInstanceOfSatisfying(ConnectionEvent.ErrorOccurred.class, error -> assertThat(error.message())
                        .contains(data + " (GATEWATCH_DATA_DIR)"));
    }

    @Test
    void isGivenUpAfter15SecondsAndStaysSo() throws IOException {
        try (DirectoryLock other = new DirectoryLock(data)) {
            assertThat(other.tryTake()).isTrue();
            DataDirectory directory = directory(data);

            StepVerifier.create(directory.done())
                    .then(() -> clock.advanceTimeBy(DataDirectory.PATIENCE))
                    .verifyError(DirectoryInUseException.class);
            other.close();
            StepVerifier.create(directory.done()).verifyError(DirectoryInUseException.class);
        }
    }

    @Test
    void isGivenUpAfter15SecondsThoughTheVolumeHangs() {
        try (SlowDisk hanging = new SlowDisk()) {
            StepVerifier.create(new DataDirectory(data, events, 0, hanging.scheduler(), clock).done())
                    .then(() -> clock.advanceTimeBy(DataDirectory.PATIENCE))
                    .expectError(DirectoryInUseException.class)
                    .verify(Duration.ofSeconds(5));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void staysLockedForOtherProcessesWhenThisOneAsksTwice() throws IOException {
        try (DirectoryLock first = new DirectoryLock(data);
                DirectoryLock second = new DirectoryLock(data)) {
            assertThat(first.tryTake()).isTrue();
            assertThat(second.tryTake()).isFalse();

            Object inode = Files.getAttribute(data.resolve("gatewatch.lock"), "unix:ino");
            assertThat(Files.readAllLines(Path.of("/proc/locks"))).anyMatch(lock -> lock.contains(":" + inode + " "));
        }
    }

    @Test
    void goesOnWithoutALockWhereNoneCanBeMade() throws IOException {
        Files.createDirectory(data.resolve("gatewatch.lock")); // cannot be opened, as on a read-only volume

        StepVerifier.create(directory(data).done()).then(clock::advanceTime).verifyComplete();
    }

    private DataDirectory directory(Path path) {
        events.stream().subscribe(facts::add);
        return new DataDirectory(path, events, 0, clock, clock);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
