package dev.gatewatch.gateway;

import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Plan;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.connection.RecoveryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor remembers of its shard between two attempts: the session, and how often what went wrong.
 *
 * <p>Written by the supervisor's thread only; the session may be read from any.
 */
final class ShardRecord {

    private volatile @Nullable Session session;
    private volatile Instant lastSign = Instant.EPOCH;
    private Recovery recovery = Recovery.IDENTIFY;
    private Endpoint endpoint = Endpoint.GATEWAY_URL;
    private int attempts;
    private int shortLosses;
    private Duration lastLife = Duration.ZERO;
    private int shortSessions;
    private int failedResumes;
    private int missedReadies;
    private long sessionStart;
    private long firstFailure;

    /** Failed attempts since the last READY or RESUMED. */
    int attempts() {
        return attempts;
    }

    /** What the next attempt tries. */
    Recovery recovery() {
        return recovery;
    }

    /** Where the next attempt connects to. */
    Endpoint endpoint() {
        return endpoint;
    }

    /** READYs in a row that did not come. */
    int missedReadies() {
        return missedReadies;
    }

    /** Resumes of the session in a row that failed after HELLO. */
    int failedResumes() {
        return failedResumes;
    }

    Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    /** When the session last showed a sign of life, as far as it is known. */
    Instant lastSign() {
        return lastSign;
    }

    /** Makes the next attempt resume a session of an earlier process, which showed its last sign of life then. */
    void restore(Session from, Instant lastSign) {
        this.lastSign = lastSign;
        begin(from);
    }

    /** Makes the next attempt resume this session, if there is one. */
    void begin(@Nullable Session from) {
        session = from;
        attempts = 0;
        failedResumes = 0;
        recovery = from == null ? Recovery.IDENTIFY : Recovery.RESUME;
        endpoint = from == null || from.resumeUrl() == null ? Endpoint.GATEWAY_URL : Endpoint.RESUME_URL;
    }

    /** A connection that had reached READY or RESUMED is lost. */
    void disconnected(Attempt ended) {
        ended.lastSign().ifPresent(sign -> lastSign = sign);
        session = ended.link().session().orElse(null);
        attempts = 0;
        failedResumes = 0;
        missedReadies = 0;
        lastLife = ended.inStage();
        shortLosses = lastLife.compareTo(RecoveryPolicy.SHORT_LIVED) < 0 ? shortLosses + 1 : 0;
        if (recovery == Recovery.IDENTIFY) {
            shortLosses = Math.min(shortLosses, 1);
            sessionStart = ended.stageStart();
        } else if (endpoint == Endpoint.GATEWAY_URL && session != null) {
            session = session.withoutResumeUrl();
        }
    }

    /** An attempt ended before READY or RESUMED; null when it did not get as far as connecting. */
    void failed(@Nullable Attempt ended, Failure failure, long now) {
        if (attempts == 0) {
            firstFailure = now;
        }
        attempts++;
        if (ended != null) {
            session = ended.link().session().orElse(null);
            failedResumes += recovery == Recovery.RESUME && ended.greeted() ? 1 : 0;
        }
        missedReadies += failure.kind() == Failure.Kind.READY_TIMEOUT ? 1 : 0;
    }

    /** For how long attempts have failed; only while there are {@link #attempts()}. */
    Duration failingFor(long now) {
        return Duration.ofNanos(now - firstFailure);
    }

    RecoveryPolicy.Standing standing(long now) {
        return new RecoveryPolicy.Standing(
                attempts,
                shortLosses,
                lastLife,
                shortSessionsIfThisEnds(now),
                session != null,
                session != null && session.resumeUrl() != null,
                failedResumes,
                recovery,
                endpoint);
    }

    /** Takes a plan for what the next attempt does. */
    void follow(Plan plan, long now) {
        if (plan.recovery() == Recovery.IDENTIFY) {
            shortSessions = shortSessionsIfThisEnds(now);
            session = null;
            failedResumes = 0;
        }
        recovery = plan.recovery();
        endpoint = plan.endpoint();
    }

    private int shortSessionsIfThisEnds(long now) {
        if (attempts > 0) {
            return shortSessions;
        }
        return Duration.ofNanos(now - sessionStart).compareTo(RecoveryPolicy.LASTING_AFTER) < 0 ? shortSessions + 1 : 0;
    }
}
