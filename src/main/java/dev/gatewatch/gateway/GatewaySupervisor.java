package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Endpoint;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Plan;
import dev.gatewatch.connection.Recovery;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

    /** How often in a row the supervision may fail by a defect before it is given up for dead. */
    static final int MOST_DEFECTS = 5;

    /** Before it connects, an attempt asks Discord for the URL, the budget and the shard count, each with a deadline of its own. */
    private static final int MOST_REQUESTS = 4;

    private final int shard;
    private final Supplies supplies;
    private final ConnectionEvents events;
    private final Scheduler scheduler;
    private final ShardRecord record = new ShardRecord();
    private final Disposable.Swap running = Disposables.swap();

    private final StepDeadline step;

    private volatile State state = State.IDLE;
    private volatile @Nullable Attempt current;
    private URI address;
    private int defects; // in a row

    GatewaySupervisor(int shard, Supplies supplies) {
        this.shard = shard;
        this.supplies = supplies;
        events = supplies.events();
        scheduler = supplies.scheduler();
        step = new StepDeadline(scheduler, supplies.gate()::heldUp);
        address = supplies.directory().address();
    }

    /** Starts at once, or starts again after a stop, with the session it has; does nothing while it runs. */
    void start() {
        start(Duration.ZERO, "");
    }

    /** Starts after a wait for a reason; does nothing while it runs. */
    void start(Duration wait, String reason) {
        scheduler.schedule(() -> {
            if (state == State.RUNNING) {
                return;
            }
            state = State.RUNNING;
            defects = 0;
            record.begin(record.session().orElse(null));
            events.publish(new ConnectionEvent.Started(shard, now()));
            if (!wait.isZero()) {
                plan(wait, reason);
            }
            run(wait);
        });
    }

    /** Makes the next start resume this session; to be called before it. */
    void restore(Session session, Instant lastSign) {
        record.restore(session, lastSign);
    }

    /** Stops for a reason, keeping the session for the next start; completes when the connection is cut. */
    Mono<Void> stop(Failure reason) {
        return inTurn(() -> {
            if (state == State.RUNNING) {
                interrupt(reason);
                record.begin(record.session().orElse(null));
                halt(reason, State.STOPPED);
            }
        });
    }

    /** Stops for a reason and ends the session, here and at Discord; completes when the connection is closed. */
    Mono<Void> logOut(Failure reason) {
        return inTurn(() -> {
            Attempt attempt = current;
            if (attempt != null) {
                attempt.link().endSession();
            }
            boolean ran = state == State.RUNNING;
            if (ran) {
                interrupt(reason);
            }
            record.begin(null);
            if (ran) {
                halt(reason, State.STOPPED);
            }
        });
    }

    /** Ends for good, since another supervisor takes its place: no stop is told. Completes when the connection is cut. */
    Mono<Void> giveWay(Failure reason) {
        return inTurn(() -> {
            if (state == State.RUNNING) {
                interrupt(reason);
                state = State.IDLE;
            }
        });
    }

    /**
     * Cuts the connection, or the wait for one, and connects at once; does nothing while it is stopped.
     *
     * @param keepSession whether the session is resumed; else it is dropped
     */
    Mono<Void> reconnect(boolean keepSession, Failure reason) {
        return inTurn(() -> {
            if (state == State.RUNNING) {
                interrupt(reason);
                record.begin(keepSession ? record.session().orElse(null) : null);
                plan(Duration.ZERO, reason.message());
                run(Duration.ZERO);
            }
        });
    }

    /** What could be resumed now; safe from any thread. */
    Optional<Session> session() {
        Attempt attempt = current;
        return attempt == null ? record.session() : attempt.link().session();
    }

    /** When that session last showed a sign of life; safe from any thread. */
    Instant lastSign() {
        return Optional.ofNullable(current).flatMap(Attempt::lastSign).orElseGet(record::lastSign);
    }

    /** Whether the supervision ended, or stands still, although nobody stopped it: a defect. To be asked on the scheduler's thread. */
    boolean isDead() {
        return state == State.DEAD || (state == State.RUNNING && step.isOver(current));
    }

    /** Whether too many attempts failed and the platform is asked to restart the process. */
    boolean wantsRestart() {
        return state == State.WANTS_RESTART;
    }

    /** Whether it is being kept connected; safe from any thread. */
    boolean isRunning() {
        return state == State.RUNNING;
    }

    private void plan(Duration wait, String reason) {
        Plan plan = new Plan(record.recovery(), record.endpoint(), wait, reason);
        events.publish(new ConnectionEvent.PlanMade(shard, now(), 1, plan));
    }

    private void run(Duration wait) {
        step.waits(wait);
        running.update(
                Mono.delay(wait, scheduler).thenMany(cycle().repeat()).subscribe(done -> {}, this::ended, this::died));
    }

    /** One attempt, what became of it, and the wait that follows; an error ends the supervision. */
    private Mono<Void> cycle() {
        return ReaderFailures.withErrors(this::attempt)
                .flatMap(failure -> ReaderFailures.withErrors(() -> recover(failure)))
                .doOnSuccess(done -> defects = 0);
    }

    private Mono<Failure> attempt() {
        int number = record.attempts() + 1;
        step.waits(supplies.rules().config().connectionTimeout().multipliedBy(MOST_REQUESTS));
        events.publish(new ConnectionEvent.AttemptStarted(shard, now(), number, record.recovery(), record.endpoint()));
        Mono<Failure> attempt = record.recovery() == Recovery.RESUME
                ? locate().flatMap(url -> connect(number, url, () -> {}))
                : locate().flatMap(url -> identify(number, url)).publishOn(scheduler);
        return attempt.onErrorResume(error -> Mono.just(Failures.of(error)));
    }

    private Mono<Failure> identify(int number, String url) {
        return IdentifyPermit.with(supplies.gate(), supplies.ledger(), shard, allowed(), permit -> connect(
                                number, url, () -> spend(permit))
                        .subscribeOn(scheduler))
                .doOnSubscribe(subscription -> step.waitsForTurn());
    }

    /** Discord's word of now: other processes of the bot spend IDENTIFYs while this shard waits for its turn. */
    private Mono<Void> allowed() {
        return supplies.directory()
                .confirm()
                .then(supplies.shardCount().agreed(shard))
                .publishOn(scheduler); // where it may be cancelled: nothing is set aside meanwhile
    }

    private void spend(IdentifyPermit permit) {
        if (permit.spend()) {
            events.publish(new ConnectionEvent.BudgetCounted(
                    shard, now(), supplies.ledger().budget()));
        }
    }

    /** The URL to connect to; an attempt that fails while it is being found concerns the API's address. */
    private Mono<String> locate() {
        String resumeUrl = record.session().map(Session::resumeUrl).orElse(null);
        address = supplies.directory().address();
        boolean tls = TokenDestination.demandsTls(address.toString());
        if (record.recovery() == Recovery.RESUME
                && record.endpoint() == Endpoint.RESUME_URL
                && resumeUrl != null
                && TokenDestination.isUsable(resumeUrl, tls)) {
            return Mono.just(resumeUrl);
        }
        return supplies.directory().lookup().map(GatewayBot::url).publishOn(scheduler);
    }

    private Mono<Failure> connect(int number, String url, Runnable identifySent) {
        return Mono.defer(() -> {
            address = URI.create(url);
            Wire.Request request = new Wire.Request(
                    shard, url, record.recovery(), record.session().orElse(null));
            Attempt attempt =
                    new Attempt(request, number, supplies.wire().get().open(request), identifySent, supplies, record);
            current = attempt;
            return attempt.run();
        });
    }

    private Mono<Void> recover(Failure failure) {
        lost(failure);
        Plan plan = supplies.shardCount().isDoubtedBy(shard, failure)
                ? moreShards(failure)
                : supplies.rules().policy().plan(failure, record.standing(nanos()));
        if (plan.recovery() == Recovery.STOP) {
            events.publish(new ConnectionEvent.PlanMade(shard, now(), record.attempts() + 1, plan));
            return end(failure, State.STOPPED);
        }
        if (supplies.rules().policy().isExhausted(record.attempts())) {
            return exhausted(failure, plan);
        }
        return follow(failure, plan);
    }

    private static Plan moreShards(Failure failure) {
        String reason = failure.message() + "; asking Discord how many shards it recommends";
        return new Plan(Recovery.IDENTIFY, Endpoint.GATEWAY_URL, Duration.ZERO, reason);
    }

    /** Tells what was lost, and takes stock of what is left. */
    private void lost(Failure failure) {
        Attempt ended = current;
        current = null;
        if (ended != null && ended.connected()) {
            record.disconnected(ended);
            events.publish(new ConnectionEvent.Disconnected(shard, now(), failure));
        } else {
            record.failed(ended, failure, nanos());
            events.publish(new ConnectionEvent.AttemptFailed(shard, now(), record.attempts(), failure));
        }
        if (failure.isError()) {
            events.publish(new ConnectionEvent.ErrorOccurred(
                    shard, now(), failure.kind().name(), failure.message()));
        }
    }

    /** Every so many failures everything is built anew: the session is dropped, and Discord is asked again where to connect. */
    private Mono<Void> exhausted(Failure failure, Plan plan) {
        GatewayConfig config = supplies.rules().config();
        if (record.attempts() % config.maxReconnectAttempts() == 0) {
            events.publish(new ConnectionEvent.Exhausted(shard, now(), record.attempts()));
            supplies.directory().forget();
        }
        return switch (config.exhaustedAction()) {
            case RETRY -> follow(failure, plan);
            case STOP -> end(failure, State.STOPPED);
            case RESTART -> end(failure, State.WANTS_RESTART);
        };
    }

    private Mono<Void> follow(Failure failure, Plan plan) {
        record.follow(plan, nanos());
        events.publish(new ConnectionEvent.PlanMade(shard, now(), record.attempts() + 1, plan));
        if (plan.delay().isZero()) {
            return Mono.empty();
        }
        step.waits(plan.delay());
        Mono<Void> wait = Mono.delay(plan.delay(), scheduler).then();
        boolean unreachable = failure.kind() == Failure.Kind.CONNECT || failure.kind() == Failure.Kind.NAME_RESOLUTION;
        return unreachable ? Mono.firstWithSignal(wait, reachable()) : wait;
    }

    private Mono<Void> reachable() {
        return supplies.reachability()
                .reachable(address, record.failingFor(nanos()))
                .publishOn(scheduler);
    }

    private Mono<Void> end(Failure failure, State as) {
        record.begin(null);
        halt(failure, as);
        return Mono.error(new ConnectionEnded(failure));
    }

    private void halt(Failure failure, State as) {
        state = as;
        String remedy = supplies.rules().remedy(failure, supplies.directory().recommendedShards());
        events.publish(new ConnectionEvent.Stopped(shard, now(), failure, remedy));
    }

    private void ended(Throwable cause) {
        if (!(cause instanceof ConnectionEnded)) {
            Failure defect = Failures.of(cause);
            if (current != null) {
                events.failures().run("supervision", () -> lost(defect));
            } else {
                events.publish(new ConnectionEvent.ErrorOccurred(
                        shard, now(), defect.kind().name(), defect.message()));
            }
            takeUpAgain();
        }
    }

    /** One exception does not end the supervision. Several without a cycle in between that works do: a restart must help then. */
    private void takeUpAgain() {
        record.begin(record.session().orElse(null)); // the plan may be missing that goes with what is left
        if (++defects >= MOST_DEFECTS) {
            died();
            return;
        }
        Duration wait = supplies.rules().config().reconnectDelay();
        plan(wait, "The supervision failed and is taken up again");
        run(wait);
    }

    private void died() {
        state = State.DEAD;
    }

    private Mono<Void> inTurn(Runnable order) {
        return Mono.<Void>fromRunnable(order).subscribeOn(scheduler);
    }

    /** Ends what is under way. */
    private void interrupt(Failure reason) {
        running.update(Disposables.disposed());
        if (current != null) {
            lost(reason);
        }
    }

    private long nanos() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    private enum State {
        IDLE,
        RUNNING,
        STOPPED,
        WANTS_RESTART,
        /** The loop ended although nobody stopped it: a defect. */
        DEAD
    }
}
