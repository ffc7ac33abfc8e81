package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.gateway.SavedSessions.SavedSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What one fleet leaves for the next, over a disk that does not answer. */
class StateFilesTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void theNextFleetKnowsWhatTheOneBeforeWantedToWriteThoughTheDiskHangs() {
        IdentifyLedger.Account account = new IdentifyLedger.Account(List.of(NOW), 1_000, 999, NOW, NOW);
        SavedGuilds guilds = new SavedGuilds("1", 1, Map.of(0, Map.of(7L, 10L)));
        try (SlowDisk disk = new SlowDisk()) {
            StateFiles files = new StateFiles(directory, disk.scheduler());

            files.save(sessions(5)).subscribe();
            files.save(guilds).subscribe();
            files.save(account);

            assertThat(files.sessions()).contains(sessions(5));
            assertThat(files.guilds()).contains(guilds);
            assertThat(files.account()).isEqualTo(account);
        }
    }

    @Test
    void whatWasReadOnceIsNotReadAgain() {
        saved(sessions(5));
        StateFiles files = files();
        assertThat(files.sessions()).contains(sessions(5));

        saved(sessions(6));

        assertThat(files.sessions()).contains(sessions(5));
    }

    @Test
    void whatIsToBeWrittenIsWrittenThoughNobodyWaitsForItAnyMore() {
        try (SlowDisk disk = new SlowDisk()) {
            StateFiles files = new StateFiles(directory, disk.scheduler());
            files.save(sessions(5)).subscribe().dispose();

            disk.goOn();
            files.written().block();

            assertThat(files().sessions()).contains(sessions(5));
        }
    }

    @Test
    void aStartIsCountedWithoutWaitingForTheDisk() {
        try (SlowDisk disk = new SlowDisk()) {
            StateFiles files = new StateFiles(directory, disk.scheduler());

            assertThat(files.countStart(NOW).starts()).containsExactly(NOW);
        }
    }

    @Test
    void aDiskThatDoesNotAnswerAtTheStartIsSaidInTime() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        List<Throwable> told = new ArrayList<>();
        try (SlowDisk disk = new SlowDisk()) {
            new StateFiles(directory, disk.scheduler()).read(time).subscribe(nothing -> {}, told::add);

            time.advanceTimeBy(StateFiles.READ_PATIENCE.minus(Duration.ofMillis(1)));
            assertThat(told).isEmpty();
            time.advanceTimeBy(Duration.ofMillis(1));
        }

        assertThat(told)
                .singleElement()
                .isInstanceOf(DirectoryUnreadableException.class)
                .asString()
                .contains("GATEWATCH_DATA_DIR", directory.toString());
    }

    private void saved(SavedSessions sessions) {
        files().save(sessions).block();
    }

    private StateFiles files() {
        return new StateFiles(directory, Schedulers.immediate());
    }

    private static SavedSessions sessions(int sequence) {
        return new SavedSessions("1", 1, Map.of(0, new SavedSession("abc", sequence, null, NOW)));
    }
}
