package dev.gatewatch.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What must outlive the process, each in a file of its own under {@code GATEWATCH_DATA_DIR}.
 *
 * <p>Both reading and writing happen on the files' own thread, so that a slow disk holds nothing up. After {@link #read} no question waits
 * for the disk: a fleet that takes another's place knows what that one wanted to write.
 */
final class StateFiles {

    /** How long the disk may take at the start: far longer than any that works. */
    static final Duration READ_PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final JsonFile<SavedSessions> sessions;
    private final JsonFile<SavedGuilds> guilds;
    private final JsonFile<IdentifyLedger.Account> identifies;
    private final JsonFile<RestartBrake> starts;
    private final Scheduler files;

    StateFiles(Path directory, Scheduler files) {
        this.directory = directory.toAbsolutePath().normalize();
        this.files = files;
        sessions = new JsonFile<>(directory.resolve("sessions.json"), SavedSessions.class);
        guilds = new JsonFile<>(directory.resolve("guilds.json"), SavedGuilds.class);
        identifies = new JsonFile<>(directory.resolve("identifies.json"), IdentifyLedger.Account.class);
        starts = new JsonFile<>(directory.resolve("starts.json"), RestartBrake.class);
    }

    /** Reads all files; fails with {@link DirectoryUnreadableException} when the disk does not answer in time by this clock. */
    Mono<Void> read(Scheduler clock) {
        return inTurn(() -> {
                    sessions.read();
                    guilds.read();
                    identifies.read();
                    starts.read();
                })
                .timeout(
                        READ_PATIENCE,
                        Mono.error(() -> new DirectoryUnreadableException(directory, READ_PATIENCE)),
                        clock);
    }

    /** The sessions that the process before left behind. */
    Optional<SavedSessions> sessions() {
        return sessions.read();
    }

    /** Writes the sessions; completes when they are on disk. */
    Mono<Void> save(SavedSessions changed) {
        return write(sessions, changed);
    }

    /** The guilds that the process before had counted. */
    Optional<SavedGuilds> guilds() {
        return guilds.read();
    }

    /** Writes the guilds; completes when they are on disk. */
    Mono<Void> save(SavedGuilds changed) {
        return write(guilds, changed);
    }

    /** The account of IDENTIFYs so far. */
    IdentifyLedger.Account account() {
        return identifies.read().orElse(IdentifyLedger.Account.NEW);
    }

    /** Writes the account, soon. */
    void save(IdentifyLedger.Account changed) {
        identifies.keep(changed);
        files.schedule(() -> identifies.write(changed));
    }

    /** Completes when all that was to be written until now is on disk. */
    Mono<Void> written() {
        return inTurn(() -> {});
    }

    /** Counts this start, and gives the brake that applies to it. */
    RestartBrake countStart(Instant now) {
        RestartBrake brake = starts.read().orElse(new RestartBrake(List.of())).plus(now);
        starts.keep(brake);
        files.schedule(() -> starts.write(brake));
        return brake;
    }

    private <T> Mono<Void> write(JsonFile<T> file, T changed) {
        return Mono.defer(() -> {
            file.keep(changed);
            return inTurn(() -> file.write(changed)).cache(); // goes on when nobody waits for it any more
        });
    }

    private Mono<Void> inTurn(Runnable step) {
        return Mono.<Void>fromRunnable(step).subscribeOn(files);
    }
}
