package dev.gatewatch.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps {@code sessions.json} up to date: when there is something new.
 *
 * <p>Written is what is on disk: a write that is under way when the last one is asked for does not stand for it.
 */
final class SessionsFile {

    private final StateFiles files;
    private volatile @Nullable SavedSessions written;

    SessionsFile(StateFiles files) {
        this.files = files;
    }

    /** What the process before left behind, if it can be used. */
    Optional<SavedSessions> before(Predicate<SavedSessions> usable) {
        Optional<SavedSessions> before = files.sessions().filter(usable);
        written = before.orElse(null);
        return before;
    }

    /** A shard's session as it is on disk, if it is so young that Discord may still honour it. */
    Optional<SavedSessions.SavedSession> session(int shard, Instant now, Duration maxAge) {
        return Optional.ofNullable(written).flatMap(sessions -> sessions.session(shard, now, maxAge));
    }

    /** Writes what is new; completes when it is on disk. */
    Mono<Void> save(SavedSessions current) {
        return current.isSameAs(written) ? Mono.empty() : files.save(current).doOnSuccess(done -> written = current);
    }
}
