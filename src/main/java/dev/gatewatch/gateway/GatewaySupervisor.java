package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Plan;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.connection.RecoveryPolicy;
import dev.gatewatch.connection.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps one shard connected: connect, watch, classify, plan, wait, connect.
 *
 * <p>All of it happens on one thread, the scheduler's; {@link #start} and {@link #stop} may be called from any. Nothing here
 * fails: whatever goes wrong becomes a {@link Failure}, and every failure a {@link Plan}.
 */
final class GatewaySupervisor {

    private final int shard;
    private final Supplier<Wire> wire;
    private final GatewayDirectory directory;
    private final IdentifyGate gate;
    private final Rules rules;
    private final ConnectionEvents events;
    private final Scheduler scheduler;
    private final Disposable.Swap running = Disposables.swap();

    private volatile State state = State.IDLE;

    private @Nullable Session session;
    private Recovery recovery = Recovery.IDENTIFY;
    private Endpoint endpoint = Endpoint.GATEWAY_URL;
    private int attempts;
    private int quickLosses;
    private int shortSessions;
    private long sessionStart;
    private int failedResumes;
    private int missedReadies;
    private @Nullable Attempt current;

    GatewaySupervisor(
            int shard,
            Supplier<Wire> wire,
            GatewayDirectory directory,
            IdentifyGate gate,
            Rules rules,
            ConnectionEvents events,
            Scheduler scheduler) {
        this.shard = shard;
        this.wire = wire;
        this.directory = directory;
        this.gate = gate;
        this.rules = rules;
        this.events = events;
        this.scheduler = scheduler;
    }

    /** Starts, or starts again after a stop; does nothing while it runs. */
    void start() {
        scheduler.schedule(() -> {
            if (state != State.RUNNING) {
                state = State.RUNNING;
                attempts = 0;
                events.publish(new ConnectionEvent.Started(shard, now()));
                running.update(cycle().repeat().subscribe(nothing -> {}, this::ended));
            }
        });
    }

    /** Stops for a reason, keeping the session for the next start; completes when the connection is cut. */
    Mono<Void> stop(Failure reason) {
        return Mono.<Void>fromRunnable(() -> {
                    if (state != State.RUNNING) {
                        return;
                    }
                    running.update(Disposables.disposed());
                    lost(reason);
                    halt(reason);
                })
                .subscribeOn(scheduler);
    }

    /** Whether the supervision ended although nobody stopped it: a defect. */
    boolean isDead() {
        Disposable loop = running.get();
        return state == State.RUNNING && loop != null && loop.isDisposed();
    }

    /** Whether too many attempts failed and the platform is asked to restart the process. */
    boolean wantsRestart() {
        return state == State.WANTS_RESTART;
    }

    /** One attempt, what became of it, and the wait that follows; an error ends the supervision. */
    private Mono<Void> cycle() {
        return Mono.defer(this::attempt).flatMap(failure -> Mono.defer(() -> recover(failure)));
    }

    private Mono<Failure> attempt() {
        int number = attempts + 1;
        events.publish(new ConnectionEvent.AttemptStarted(shard, now(), number, recovery, endpoint));
        current = null;
        Mono<Failure> attempt = recovery == Recovery.RESUME
                ? address().flatMap(url -> connect(number, url, () -> {}))
                : address()
                        .flatMap(url -> Mono.usingWhen(
                                gate.turn(shard),
                                turn -> connect(number, url, turn::spent),
                                turn -> Mono.fromRunnable(turn::release)));
        return attempt.onErrorResume(error -> Mono.just(Failures.of(error))).publishOn(scheduler);
    }

    private Mono<String> address() {
        Session resumable = session;
        if (recovery == Recovery.RESUME
                && endpoint == Endpoint.RESUME_URL
                && resumable != null
                && resumable.resumeUrl() != null) {
            return Mono.just(resumable.resumeUrl());
        }
        return directory.lookup().map(GatewayBot::url);
    }

    private Mono<Failure> connect(int number, String url, Runnable identifySent) {
        return Mono.defer(() -> {
                    Wire.Link link = wire.get().open(new Wire.Request(shard, url, recovery, session));
                    Attempt.Deadlines deadlines = rules.deadlines(missedReadies);
                    current = new Attempt(shard, number, recovery, link, identifySent, deadlines, events, scheduler);
                    return current.run();
                })
                .subscribeOn(scheduler);
    }

    private Mono<Void> recover(Failure failure) {
        lost(failure);
        RecoveryPolicy.Standing standing = new RecoveryPolicy.Standing(
                attempts, quickLosses, shortSessionsIfThisEnds(), session != null, failedResumes, recovery, endpoint);
        Plan plan = rules.policy().plan(failure, standing);
        if (rules.policy().isExhausted(attempts)) {
            return exhausted(failure, plan);
        }
        return follow(failure, plan);
    }

    /** Tells what was lost, and takes stock of what is left. */
    private void lost(Failure failure) {
        Attempt ended = current;
        current = null;
        if (ended != null) {
            session = ended.link().session().orElse(null);
        }
        if (ended != null && ended.connected()) {
            attempts = 0;
            failedResumes = 0;
            missedReadies = 0;
            sessionStart = recovery == Recovery.IDENTIFY ? ended.stageStart() : sessionStart;
            quickLosses = ended.inStage().compareTo(RecoveryPolicy.HEALTHY_AFTER) < 0 ? quickLosses + 1 : 0;
            if (recovery == Recovery.RESUME && endpoint == Endpoint.GATEWAY_URL && session != null) {
                session = session.withoutResumeUrl();
            }
            events.publish(new ConnectionEvent.Disconnected(shard, now(), failure));
        } else {
            attempts++;
            failedResumes += recovery == Recovery.RESUME && ended != null && ended.greeted() ? 1 : 0;
            missedReadies += failure.kind() == Failure.Kind.READY_TIMEOUT ? 1 : 0;
            events.publish(new ConnectionEvent.AttemptFailed(shard, now(), attempts, failure));
        }
        if (failure.isError()) {
            events.publish(new ConnectionEvent.ErrorOccurred(
                    shard, now(), failure.kind().name(), failure.message()));
        }
    }

    private Mono<Void> exhausted(Failure failure, Plan plan) {
        if (attempts % rules.policy().exhaustedAfter() == 0) {
            events.publish(new ConnectionEvent.Exhausted(shard, now(), attempts));
            directory.forget();
            rules.rebuild().run();
        }
        if (rules.exhaustedAction() == GatewayConfig.ExhaustedAction.RETRY || plan.recovery() == Recovery.STOP) {
            return follow(failure, plan);
        }
        halt(failure);
        if (rules.exhaustedAction() == GatewayConfig.ExhaustedAction.RESTART) {
            state = State.WANTS_RESTART;
        }
        return Mono.error(new ConnectionEnded(failure));
    }

    private Mono<Void> follow(Failure failure, Plan plan) {
        events.publish(new ConnectionEvent.PlanMade(shard, now(), attempts + 1, plan));
        if (plan.recovery() == Recovery.STOP) {
            halt(failure);
            return Mono.error(new ConnectionEnded(failure));
        }
        if (plan.recovery() == Recovery.IDENTIFY) {
            shortSessions = shortSessionsIfThisEnds();
            session = null;
            failedResumes = 0;
        }
        recovery = plan.recovery();
        endpoint = plan.endpoint();
        return plan.delay().isZero()
                ? Mono.empty()
                : Mono.delay(plan.delay(), scheduler).then();
    }

    private int shortSessionsIfThisEnds() {
        if (attempts > 0) {
            return shortSessions;
        }
        Duration age = Duration.ofNanos(scheduler.now(TimeUnit.NANOSECONDS) - sessionStart);
        return age.compareTo(RecoveryPolicy.LASTING_AFTER) < 0 ? shortSessions + 1 : 0;
    }

    private void halt(Failure failure) {
        state = State.STOPPED;
        recovery = session == null ? Recovery.IDENTIFY : Recovery.RESUME;
        endpoint = session == null ? Endpoint.GATEWAY_URL : Endpoint.RESUME_URL;
        events.publish(new ConnectionEvent.Stopped(shard, now(), failure, Remedy.of(failure)));
    }

    private void ended(Throwable cause) {
        if (!(cause instanceof ConnectionEnded)) {
            Failure defect = Failures.of(cause);
            events.publish(new ConnectionEvent.ErrorOccurred(
                    shard, now(), defect.kind().name(), defect.message()));
            halt(defect);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    private enum State {
        IDLE,
        RUNNING,
        STOPPED,
        WANTS_RESTART
    }

    /**
     * What every shard's supervisor goes by.
     *
     * @param policy decides what to do about a failure
     * @param config the operator's settings
     * @param exhaustedAction what to do after too many failures
     * @param rebuild makes the client anew from nothing
     */
    record Rules(
            RecoveryPolicy policy,
            GatewayConfig config,
            GatewayConfig.ExhaustedAction exhaustedAction,
            Runnable rebuild) {

        private static final int MOST_DOUBLINGS = 4;

        /** The deadlines after so many READYs that did not come: each time twice as patient, since IDENTIFYs are few. */
        Attempt.Deadlines deadlines(int missedReadies) {
            Duration ready = config.readyTimeout().multipliedBy(1L << Math.min(missedReadies, MOST_DOUBLINGS));
            return new Attempt.Deadlines(
                    config.connectionTimeout(), ready, config.readyTimeout(), config.heartbeatTimeout());
        }
    }
}
