package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * {@code GATEWATCH_DATA_DIR}, which one process at a time may use: two would resume each other's sessions and write the same files.
 *
 * <p>Nobody reads or writes there before {@link #done} completes.
 */
@Singleton
public class DataDirectory implements BeforeConnecting {

    /** How long the process before may take to end: a roll-out starts the next one while it still stops. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Logger log = Logger.getLogger(DataDirectory.class);
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final int AFTER_ALL_OTHERS = Interceptor.Priority.PLATFORM_AFTER + 1_000;

    private final Path directory;
    private final DirectoryLock lock;
    private final ConnectionEvents events;
    private final int firstShard;
    private final Scheduler scheduler;
    private final Mono<Void> done;
    private boolean waiting;

    @Inject
    DataDirectory(StateConfig state, GatewayConfig gateway, ConnectionEvents events) {
        this(
                state.dataDir(),
                events,
                ShardLayout.first(gateway),
                Schedulers.newSingle("gatewatch-lock"),
                Schedulers.parallel());
    }

    /**
     * Waits by a clock of its own.
     *
     * @param scheduler where the lock is asked for, which may block for as long as the volume hangs
     */
    DataDirectory(Path directory, ConnectionEvents events, int firstShard, Scheduler scheduler, Scheduler clock) {
        this.directory = directory.toAbsolutePath().normalize();
        lock = new DirectoryLock(this.directory);
        this.events = events;
        this.firstShard = firstShard;
        this.scheduler = scheduler;
        done = Mono.fromCallable(this::isOurs)
                .subscribeOn(scheduler)
                .filter(ours -> ours)
                .repeatWhenEmpty(again -> again.delayElements(PERIOD, clock))
                .timeout(PATIENCE, Mono.error(() -> inUse()), clock)
                .then()
                .cache();
    }

    /** Completes when this process may use the directory; fails with {@link DirectoryInUseException} when another goes on to use it. */
    @Override
    public Mono<Void> done() {
        return done;
    }

    /** Comes last: the others write until they have stopped. */
    void stop(@Observes @Priority(AFTER_ALL_OTHERS) ShutdownEvent event) {
        scheduler.dispose();
        lock.close();
    }

    private boolean isOurs() {
        try {
            boolean taken = lock.tryTake();
            if (taken && waiting) {
                LogEvent.DATA_DIR_FREE.log(log, "%s is free: the process before has ended", directory);
            } else if (!taken && !waiting) {
                sayThatWeWait();
            }
            waiting = !taken;
            if (taken && OwnerOnly.isOpenToOthers(directory)) {
                LogEvent.DATA_DIR_OPEN.log(
                        log,
                        "Every user of this machine can look into %s; the files that this process creates there are readable"
                                + " by its own user only. Remove the others' permissions, for example with: chmod o= %s",
                        directory,
                        directory);
            }
            return taken;
        } catch (IOException e) {
            LogEvent.DATA_DIR_UNLOCKED.log(
                    log,
                    "%s cannot be locked (%s): a second process with the same GATEWATCH_DATA_DIR would not be noticed. Use a"
                            + " writable directory on a volume that supports file locks.",
                    directory,
                    e);
            return true;
        }
    }

    private void sayThatWeWait() {
        String message = "Another process uses the data directory " + directory
                + " (GATEWATCH_DATA_DIR): waiting up to " + PATIENCE.toSeconds() + " s for it to end";
        LogEvent.DATA_DIR_IN_USE.log(log, "%s", message);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        events.publish(new ConnectionEvent.Started(firstShard, now));
        events.publish(new ConnectionEvent.ErrorOccurred(firstShard, now, Failure.Kind.CONFIGURATION.name(), message));
    }

    private DirectoryInUseException inUse() {
        return new DirectoryInUseException(directory, PATIENCE.toSeconds());
    }
}
