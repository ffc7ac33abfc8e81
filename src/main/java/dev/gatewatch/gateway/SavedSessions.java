package dev.gatewatch.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a restart needs to resume instead of identifying, as it is written to {@code sessions.json}.
 *
 * @param applicationId whose sessions they are: the number in the token, which is no secret
 * @param shardCount how many shards the bot had
 * @param shards by index
 */
@RegisterForReflection // for Jackson in a native image
record SavedSessions(String applicationId, int shardCount, Map<Integer, SavedSession> shards) {

    SavedSessions {
        shards = Map.copyOf(shards);
    }

    /** A shard's session, unless it was written before {@code oldest}. */
    Optional<SavedSession> session(int shard, Instant oldest) {
        return Optional.ofNullable(shards.get(shard))
                .filter(session -> session.saved().isAfter(oldest));
    }

    /** Whether there is nothing new here but the time of writing, which matters only for as long as it is fresh. */
    boolean isSameAs(@Nullable SavedSessions other) {
        return other != null && other.shards.equals(shards) && other.shardCount == shardCount;
    }

    /**
     * One shard's session.
     *
     * @param id the session id
     * @param sequence the last sequence number known to be handled
     * @param resumeUrl where to resume; null once it proved dead
     * @param saved when this was true
     */
    @RegisterForReflection // for Jackson in a native image
    @JsonIgnoreProperties(ignoreUnknown = true) // guilds once were here, and are in a file of their own now
    record SavedSession(String id, int sequence, @Nullable String resumeUrl, Instant saved) {

        /** The age of a session is not worth a write more often than this. */
        private static final long FRESH_SECONDS = 60;

        static SavedSession of(Session session, Instant now) {
            Instant minute = Instant.ofEpochSecond(now.getEpochSecond() / FRESH_SECONDS * FRESH_SECONDS);
            return new SavedSession(session.id(), session.sequence(), session.resumeUrl(), minute);
        }

        Session session() {
            return new Session(id, sequence, resumeUrl);
        }
    }
}
