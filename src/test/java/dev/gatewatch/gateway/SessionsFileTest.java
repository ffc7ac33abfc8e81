package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.gateway.SavedSessions.SavedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** When the sessions are written; a session that is not on disk costs the next process an IDENTIFY. */
class SessionsFileTest {

    @TempDir
    private Path directory;

    @Test
    void isWrittenOnlyWhenSomethingIsNew() throws Exception {
        SessionsFile file = file();
        save(file, sessions(5));
        assertThat(path()).exists();
        Files.delete(path());

        save(file, sessions(5));
        assertThat(path()).doesNotExist();
        save(file, sessions(6));
        assertThat(file().before(any -> true)).contains(sessions(6));
    }

    @Test
    void whatTheProcessBeforeHasWrittenIsNotNew() throws Exception {
        save(file(), sessions(5));

        SessionsFile next = file();
        assertThat(next.before(any -> true)).contains(sessions(5));
        Files.delete(path());
        save(next, sessions(5));
        assertThat(path()).doesNotExist();
    }

    @Test
    void whatCannotBeUsedIsWrittenAnew() throws Exception {
        save(file(), sessions(5));

        SessionsFile next = file();
        assertThat(next.before(any -> false)).isEmpty();
        Files.delete(path());
        save(next, sessions(5));
        assertThat(path()).exists();
    }

    /** As when SIGTERM comes while the sessions are being written. */
    @Test
    void theLastWriteDoesNotRelyOnOneThatIsUnderWay() {
        try (SlowDisk disk = new SlowDisk()) {
            SessionsFile file = new SessionsFile(new StateFiles(directory, disk.scheduler()));
            Disposable underWay = file.save(sessions(5)).subscribe();
            Mono<Void> last = file.save(sessions(5));
            underWay.dispose();
            disk.goOn();

            last.block();
            assertThat(file().before(any -> true)).contains(sessions(5));
        }
    }

    @Test
    void allThatWasToBeWrittenIsAwaited() {
        try (SlowDisk disk = new SlowDisk()) {
            StateFiles files = new StateFiles(directory, disk.scheduler());
            files.save(IdentifyLedger.Account.NEW);
            Mono<Void> written = files.written();
            disk.goOn();

            written.block();
            assertThat(directory.resolve("identifies.json")).exists();
        }
    }

    private SessionsFile file() {
        return new SessionsFile(new StateFiles(directory, Schedulers.immediate()));
    }

    private void save(SessionsFile file, SavedSessions sessions) {
        file.save(sessions).block();
    }

    private Path path() {
        return directory.resolve("sessions.json");
    }

    private static SavedSessions sessions(int sequence) {
        Instant saved = Instant.parse("2026-11-28T10:00:00Z");
        return new SavedSessions(
                "1100000000000000001", 1, Map.of(0, new SavedSession("abc", sequence, "wss://resume.example", saved)));
    }
}
