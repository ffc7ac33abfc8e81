package dev.gatewatch.gateway;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What must outlive the process, each in a file of its own under {@code GATEWATCH_DATA_DIR}.
 *
 * <p>Reading blocks and happens at start; writing happens on the files' own thread, so that a slow disk holds nothing up.
 */
final class StateFiles {

    private final JsonFile<SavedSessions> sessions;
    private final JsonFile<SavedGuilds> guilds;
    private final JsonFile<IdentifyLedger.Account> identifies;
    private final JsonFile<RestartBrake> starts;
    private final Scheduler files;

    StateFiles(Path directory, Scheduler files) {
        this.files = files;
        sessions = new JsonFile<>(directory.resolve("sessions.json"), SavedSessions.class);
        guilds = new JsonFile<>(directory.resolve("guilds.json"), SavedGuilds.class);
        identifies = new JsonFile<>(directory.resolve("identifies.json"), IdentifyLedger.Account.class);
        starts = new JsonFile<>(directory.resolve("starts.json"), RestartBrake.class);
    }

    /** The sessions that the process before left behind. */
    Optional<SavedSessions> sessions() {
        return sessions.read();
    }

    /** Writes the sessions; completes when they are on disk. */
    Mono<Void> save(SavedSessions changed) {
        return inTurn(() -> sessions.write(changed));
    }

    /** The guilds that the process before had counted. */
    Optional<SavedGuilds> guilds() {
        return guilds.read();
    }

    /** Writes the guilds; completes when they are on disk. */
    Mono<Void> save(SavedGuilds changed) {
        return inTurn(() -> guilds.write(changed));
    }

    /** The account of IDENTIFYs so far. */
    IdentifyLedger.Account account() {
        return identifies.read().orElse(IdentifyLedger.Account.NEW);
    }

    /** Writes the account, soon. */
    void save(IdentifyLedger.Account changed) {
        files.schedule(() -> identifies.write(changed));
    }

    /** Completes when all that was to be written until now is on disk. */
    Mono<Void> written() {
        return inTurn(() -> {});
    }

    /** Counts this start, and gives the brake that applies to it. */
    RestartBrake countStart(Instant now) {
        RestartBrake brake = starts.read().orElse(new RestartBrake(List.of())).plus(now);
        starts.write(brake);
        return brake;
    }

    private Mono<Void> inTurn(Runnable write) {
        return Mono.<Void>fromRunnable(write).subscribeOn(files);
    }
}
