package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.gateway.SavedSessions.SavedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** When the sessions are written; a session that is not on disk costs the next process an IDENTIFY. */
class SessionsFileTest {

    private static final Instant SAVED = Instant.parse("2026-11-28T10:00:00Z");
    private static final Duration MAX_AGE = Duration.ofMinutes(15);

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

    @Test
    void aSignOfLifeAloneIsWrittenOnceAMinute() throws Exception {
        SessionsFile file = file();
        save(file, sessions(5));
        Files.delete(path());

        save(file, sessions(5, SAVED.plusSeconds(59)));
        assertThat(path()).doesNotExist();
        save(file, sessions(5, SAVED.plusSeconds(60)));
        assertThat(path()).exists();
    }

    @Test
    void aSessionIsAsOldAsItsLastSignOfLife() {
        save(file(), sessions(5));

        assertThat(file(SAVED.plus(MAX_AGE).minusSeconds(1))).isPresent();
        assertThat(file(SAVED.plus(MAX_AGE))).isEmpty();
    }

    @Test
    void aSessionFromTheFutureIsNotBelievedForEver() {
        save(file(), sessions(5));

        assertThat(file(SAVED.minus(MAX_AGE))).isEmpty();
    }

    @Test
    void whatTheVersionOfNovember2026WroteIsRead() throws Exception {
        Files.writeString(path(), """
                {"applicationId":"1100000000000000001","shardCount":1,"shards":\
                {"0":{"id":"abc","sequence":5,"resumeUrl":"wss://resume.example","saved":1795860000.000000000}}}""");

        assertThat(file().before(any -> true)).contains(sessions(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"shardCount\":2}",
                "{\"applicationId\":\"1\",\"shardCount\":1,\"shards\":{}}",
                "{\"applicationId\":null,\"shardCount\":1,\"shards\":{\"0\":null}}",
                "{\"shards\":{\"0\":{\"id\":\"abc\",\"sequence\":5}},\"more\":1}",
                "{\"shards\":{\"0\":{\"saved\":1795860000}}}"
            })
    void whatLacksFieldsIsReadAndNotBelieved(String json) throws Exception {
        Files.writeString(path(), json);
        SessionsFile file = file();

        assertThat(file.before(any -> true).map(saved -> saved.isAnyYoung(SAVED, MAX_AGE)))
                .isNotEqualTo(Optional.of(true));
        assertThat(file.session(0, SAVED, MAX_AGE)).isEmpty();
    }

    private Optional<SavedSession> file(Instant now) {
        SessionsFile file = file();
        file.before(any -> true);
        return file.session(0, now, MAX_AGE);
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
        return sessions(sequence, SAVED);
    }

    private static SavedSessions sessions(int sequence, Instant lastSign) {
        return new SavedSessions(
                "1100000000000000001",
                1,
                Map.of(0, new SavedSession("abc", sequence, "wss://resume.example", lastSign)));
    }
}
