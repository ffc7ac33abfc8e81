package dev.gatewatch.connection;

import java.time.Duration;

/**
 * Decides what to do about a failure. Pure: the same failure in the same standing gives the same plan, jitter aside.
 *
 * <p>The rules, in order:
 *
 * <ol>
 *   <li>What only a person can repair stops.
 *   <li>A session is resumed for as long as Discord may still honour it; only a session that Discord refused, or failed
 *       to resume {@value #RESUME_TRIES} times after a HELLO, is given up for a new one.
 *   <li>A connection that is lost is won back at once. Once too many in a row were short, they begin further and further apart, up to
 *       {@link #SHORT_LIVED}; one that lasted longer than that is never waited for.
 *   <li>A first resume that fails is followed at once by the next best thing: the gateway URL if the resume URL could not be
 *       reached, an IDENTIFY if the session was refused. The same thing at the same address is never tried twice at once.
 *   <li>Everything else waits: for as long as Discord asked, an hour at most after HTTP 429, or with exponential backoff.
 * </ol>
 *
 * <p>See [Discord Docs/Gateway/Resuming] and [Discord Docs/Rate Limits].
 *
 * @param backoff the waits between failed attempts
 * @param exhaustedAfter consecutive failures after which the session is dropped and every wait is the longest; 1 or more
 */
public record RecoveryPolicy(Backoff backoff, int exhaustedAfter) {

    /** The wait after HTTP 429 without any header that says how long, see [Discord Docs/Rate Limits]; the seed's 60 s. */
    public static final Duration RATE_LIMIT_WAIT = Duration.ofSeconds(60);

    /** The wait after HTTP 429 that asks for none, or until a moment that is past: asking again at once would be refused again. */
    static final Duration LEAST_RATE_LIMIT_WAIT = Duration.ofSeconds(1);

    /** The longest wait after HTTP 429: Cloudflare's bans last up to an hour, and asking too early costs one request. */
    public static final Duration LONGEST_RATE_LIMIT_WAIT = Duration.ofHours(1);

    /** How many resumes of one session may fail after HELLO before the session is given up. */
    static final int RESUME_TRIES = 2;

    /** How many connections of a session in a row may be lost within {@link #SHORT_LIVED} and still be won back without a wait. */
    static final int FREE_LOSSES = 20;

    /** How many sessions in a row may end within {@link #LASTING_AFTER} and still be replaced without a wait. */
    static final int FREE_SESSIONS = 5;

    /** A connection that lived this long after READY or RESUMED may be followed by the next without a wait, for ever. */
    public static final Duration SHORT_LIVED = Duration.ofSeconds(30);

    /** A session that lived this long was worth its IDENTIFY. */
    public static final Duration LASTING_AFTER = Duration.ofMinutes(1);

    public RecoveryPolicy {
        if (exhaustedAfter < 1) {
            throw new IllegalArgumentException("exhaustedAfter must be 1 or more: " + exhaustedAfter);
        }
    }

    /** The plan for a failure that occurred in this standing. */
    public Plan plan(Failure failure, Standing standing) {
        Recovery recovery = recovery(failure, standing);
        if (recovery == Recovery.STOP) {
            return new Plan(Recovery.STOP, Endpoint.GATEWAY_URL, Duration.ZERO, failure.message());
        }
        return new Plan(
                recovery,
                endpoint(recovery, standing),
                delay(failure, standing, recovery),
                reason(failure, standing, recovery));
    }

    /** Whether this many consecutive failures are too many. */
    public boolean isExhausted(int attempts) {
        return attempts >= exhaustedAfter;
    }

    private Recovery recovery(Failure failure, Standing standing) {
        Recovery wanted = wanted(failure);
        if (wanted != Recovery.RESUME) {
            return wanted;
        }
        boolean hopeless =
                !standing.resumable() || standing.failedResumes() >= RESUME_TRIES || isExhausted(standing.attempts());
        return hopeless ? Recovery.IDENTIFY : Recovery.RESUME;
    }

    private static Recovery wanted(Failure failure) {
        return switch (failure.kind()) {
            case CLOSED ->
                failure.code() == null ? CloseCode.recoveryWithoutCode() : CloseCode.recoveryFor(failure.code());
            case SESSION_INVALIDATED -> Recovery.IDENTIFY;
            case UNAUTHORIZED, CONFIGURATION, OPERATOR, SHUTDOWN -> Recovery.STOP;
            default -> Recovery.RESUME;
        };
    }

    private static Endpoint endpoint(Recovery recovery, Standing standing) {
        // A resume URL that could not be reached may be dead, or the whole network is: take turns until one answers.
        boolean resumeUrlFailed = standing.attempts() > 0
                && standing.lastRecovery() == Recovery.RESUME
                && standing.lastEndpoint() == Endpoint.RESUME_URL;
        boolean there = recovery == Recovery.RESUME && standing.resumeUrlKnown();
        return there && !resumeUrlFailed ? Endpoint.RESUME_URL : Endpoint.GATEWAY_URL;
    }

    private Duration delay(Failure failure, Standing standing, Recovery recovery) {
        if (failure.kind() == Failure.Kind.RATE_LIMITED) {
            Duration asked = failure.retryAfter() == null ? RATE_LIMIT_WAIT : failure.retryAfter();
            Duration enough = asked.compareTo(LEAST_RATE_LIMIT_WAIT) < 0 ? LEAST_RATE_LIMIT_WAIT : asked;
            return enough.compareTo(LONGEST_RATE_LIMIT_WAIT) > 0 ? LONGEST_RATE_LIMIT_WAIT : enough;
        }
        if (failure.retryAfter() != null) {
            return failure.retryAfter();
        }
        if (isExhausted(standing.attempts())) {
            return backoff.maximum();
        }
        if (standing.attempts() == 0 && recovery == Recovery.RESUME) {
            return untilNextConnection(standing);
        }
        int waits = waits(standing, recovery);
        return waits < 1 ? Duration.ZERO : backoff.after(waits);
    }

    /** What is left until the next connection may begin: the shorter the last one was, the longer. */
    private Duration untilNextConnection(Standing standing) {
        int tooMany = standing.shortLosses() - FREE_LOSSES;
        if (tooMany < 1) {
            return Duration.ZERO;
        }
        Duration apart = backoff.after(tooMany);
        Duration left = (apart.compareTo(SHORT_LIVED) < 0 ? apart : SHORT_LIVED).minus(standing.lastLife());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static int waits(Standing standing, Recovery recovery) {
        if (standing.attempts() == 0) {
            return standing.shortSessions() - FREE_SESSIONS;
        }
        boolean other = recovery != standing.lastRecovery() || endpoint(recovery, standing) != standing.lastEndpoint();
        return standing.lastRecovery() == Recovery.RESUME && other ? standing.attempts() - 1 : standing.attempts();
    }

    private String reason(Failure failure, Standing standing, Recovery recovery) {
        if (recovery == Recovery.IDENTIFY && wanted(failure) == Recovery.RESUME) {
            if (isExhausted(standing.attempts())) {
                return failure.message() + "; " + standing.attempts() + " attempts failed, beginning anew";
            }
            return standing.resumable()
                    ? failure.message() + "; the session could not be resumed " + standing.failedResumes() + " times"
                    : failure.message() + "; there is no session to resume";
        }
        if (standing.attempts() == 0 && recovery == Recovery.RESUME && standing.shortLosses() > FREE_LOSSES) {
            return failure.message() + "; the last " + standing.shortLosses() + " connections lasted less than "
                    + SHORT_LIVED.toSeconds() + " s each";
        }
        return failure.message();
    }

    /**
     * How things stood when a failure occurred.
     *
     * @param attempts failed attempts since the last READY or RESUMED, this one included; 0 when a connection was lost that
     *     had reached READY or RESUMED
     * @param shortLosses connections of this session in a row that were lost within {@link #SHORT_LIVED}, this one included
     * @param lastLife how long the last of them had been connected; meaningless when {@code attempts} is not 0
     * @param shortSessions sessions that ended within {@link #LASTING_AFTER} in a row, this one included if it ends now
     * @param resumable whether there is a session to resume
     * @param resumeUrlKnown whether that session has an address of its own
     * @param failedResumes resumes of that session in a row that failed after HELLO, this one included
     * @param lastRecovery what the failed attempt was trying; meaningless when {@code attempts} is 0
     * @param lastEndpoint where the failed attempt connected to; meaningless when {@code attempts} is 0
     */
    public record Standing(
            int attempts,
            int shortLosses,
            Duration lastLife,
            int shortSessions,
            boolean resumable,
            boolean resumeUrlKnown,
            int failedResumes,
            Recovery lastRecovery,
            Endpoint lastEndpoint) {}
}
