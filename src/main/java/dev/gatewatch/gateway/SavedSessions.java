package dev.gatewatch.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a restart needs to resume instead of identifying, as it is written to {@code sessions.json}.
 *
 * <p>Any field may be missing from a file that another version wrote or a person edited; what is missing is not believed.
 *
 * @param applicationId whose sessions they are: the number in the token, which is no secret
 * @param shardCount how many shards the bot had
 * @param shards by index
 */
@RegisterForReflection // for Jackson in a native image
@JsonIgnoreProperties(ignoreUnknown = true)
record SavedSessions(String applicationId, int shardCount, Map<Integer, SavedSession> shards) {

    SavedSessions {
        applicationId = Optional.ofNullable(applicationId).orElse("");
        shards = Optional.ofNullable(shards).orElseGet(Map::of).entrySet().stream()
                .filter(shard -> shard.getValue() != null && shard.getValue().isComplete())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A shard's session, if it is so young that Discord may still honour it. */
    Optional<SavedSession> session(int shard, Instant now, Duration maxAge) {
        return Optional.ofNullable(shards.get(shard)).filter(session -> session.isYoung(now, maxAge));
    }

    /** Whether there is a session that Discord may still honour. */
    boolean isAnyYoung(Instant now, Duration maxAge) {
        return shards.values().stream().anyMatch(session -> session.isYoung(now, maxAge));
    }

    /** Whether writing this after {@code other} would tell nothing new: the age of a session is not worth a write each time. */
    boolean isSameAs(@Nullable SavedSessions other) {
        return other != null
                && other.shardCount == shardCount
                && other.shards.keySet().equals(shards.keySet())
                && shards.entrySet().stream()
                        .allMatch(shard -> shard.getValue().isSameAs(other.shards.get(shard.getKey())));
    }

    /**
     * One shard's session.
     *
     * @param id the session id
     * @param sequence the last sequence number known to be handled
     * @param resumeUrl where to resume; null once it proved dead
     * @param lastSign when its connection last showed a sign of life: an event or the acknowledgement of a heartbeat
     */
    @RegisterForReflection // for Jackson in a native image
    @JsonIgnoreProperties(ignoreUnknown = true) // guilds once were here, and are in a file of their own now
    record SavedSession(
            String id,
            int sequence,
            @Nullable String resumeUrl,
            @JsonProperty("saved") Instant lastSign) {

        /** The age of a session is not worth a write more often than this. */
        static final Duration FRESH = Duration.ofSeconds(60);

        static SavedSession of(Session session, Instant lastSign) {
            return new SavedSession(session.id(), session.sequence(), session.resumeUrl(), lastSign);
        }

        Session session() {
            return new Session(id, sequence, resumeUrl);
        }

        /** A sign of life from the future was told by a clock that was wrong, and says nothing when it is far away. */
        private boolean isYoung(Instant now, Duration maxAge) {
            return Duration.between(lastSign, now).abs().compareTo(maxAge) < 0;
        }

        private boolean isSameAs(@Nullable SavedSession other) {
            return other != null
                    && session().equals(other.session())
                    && Duration.between(other.lastSign, lastSign).abs().compareTo(FRESH) < 0;
        }

        @SuppressWarnings("ConstantValue") // Jackson leaves null what a file lacks
        private boolean isComplete() {
            return id != null && lastSign != null;
        }
    }
}
