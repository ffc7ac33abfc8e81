package dev.gatewatch.history;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.ConnectionEvent.AttemptFailed;
import dev.gatewatch.connection.ConnectionEvent.AttemptStarted;
import dev.gatewatch.connection.ConnectionEvent.BudgetCounted;
import dev.gatewatch.connection.ConnectionEvent.ClockSet;
import dev.gatewatch.connection.ConnectionEvent.Connected;
import dev.gatewatch.connection.ConnectionEvent.DisagreementFound;
import dev.gatewatch.connection.ConnectionEvent.Disconnected;
import dev.gatewatch.connection.ConnectionEvent.ErrorOccurred;
import dev.gatewatch.connection.ConnectionEvent.Exhausted;
import dev.gatewatch.connection.ConnectionEvent.GuildsCounted;
import dev.gatewatch.connection.ConnectionEvent.HeartbeatAcknowledged;
import dev.gatewatch.connection.ConnectionEvent.HelloReceived;
import dev.gatewatch.connection.ConnectionEvent.Identified;
import dev.gatewatch.connection.ConnectionEvent.OperatorActed;
import dev.gatewatch.connection.ConnectionEvent.PlanMade;
import dev.gatewatch.connection.ConnectionEvent.ProcessPaused;
import dev.gatewatch.connection.ConnectionEvent.Resumed;
import dev.gatewatch.connection.ConnectionEvent.Retired;
import dev.gatewatch.connection.ConnectionEvent.Started;
import dev.gatewatch.connection.ConnectionEvent.Stopped;
import dev.gatewatch.connection.Plan;
import dev.gatewatch.history.StoredEvent.Detail;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Turns facts into what is stored of them.
 *
 * <p>Heartbeats and guild counts are measurements rather than events: the samples hold them, and nothing is stored of each.
 */
final class EventTranslator implements ConnectionEvent.Visitor<Optional<StoredEvent>> {

    private final String instance;
    private final EventIds ids;

    EventTranslator(String instance, EventIds ids) {
        this.instance = instance;
        this.ids = ids;
    }

    @Override
    public Optional<StoredEvent> started(Started event) {
        return stored(event, EventKind.STARTED, Detail.NONE);
    }

    @Override
    public Optional<StoredEvent> attemptStarted(AttemptStarted event) {
        return stored(
                event,
                EventKind.ATTEMPT_STARTED,
                Detail.attempt(event.attempt()).with(event.recovery(), event.endpoint()));
    }

    @Override
    public Optional<StoredEvent> helloReceived(HelloReceived event) {
        return stored(event, EventKind.HELLO_RECEIVED, Detail.duration(event.heartbeatInterval()));
    }

    @Override
    public Optional<StoredEvent> identified(Identified event) {
        return stored(event, EventKind.IDENTIFIED, Detail.NONE);
    }

    @Override
    public Optional<StoredEvent> connected(Connected event) {
        return stored(event, EventKind.CONNECTED, Detail.attempt(event.attempt()));
    }

    @Override
    public Optional<StoredEvent> resumed(Resumed event) {
        Detail detail = new Detail(event.attempt(), null, null, null, null, null, event.replayed(), null);
        return stored(event, EventKind.RESUMED, detail);
    }

    @Override
    public Optional<StoredEvent> disconnected(Disconnected event) {
        return stored(event, EventKind.DISCONNECTED, Detail.failure(event.failure()));
    }

    @Override
    public Optional<StoredEvent> attemptFailed(AttemptFailed event) {
        return stored(
                event, EventKind.ATTEMPT_FAILED, Detail.failure(event.failure()).withAttempt(event.attempt()));
    }

    @Override
    public Optional<StoredEvent> planMade(PlanMade event) {
        Plan plan = event.plan();
        Detail detail = new Detail(
                event.attempt(), plan.recovery(), plan.endpoint(), null, null, plan.delay(), null, plan.reason());
        return stored(event, EventKind.PLAN_MADE, detail);
    }

    @Override
    public Optional<StoredEvent> exhausted(Exhausted event) {
        return stored(event, EventKind.EXHAUSTED, Detail.attempt(event.attempts()));
    }

    @Override
    public Optional<StoredEvent> stopped(Stopped event) {
        return stored(event, EventKind.STOPPED, Detail.failure(event.failure()));
    }

    @Override
    public Optional<StoredEvent> retired(Retired event) {
        return stored(event, EventKind.RETIRED, Detail.NONE);
    }

    @Override
    public Optional<StoredEvent> errorOccurred(ErrorOccurred event) {
        return stored(event, EventKind.ERROR_OCCURRED, Detail.words(event.kind(), event.message()));
    }

    @Override
    public Optional<StoredEvent> heartbeatAcknowledged(HeartbeatAcknowledged event) {
        return Optional.empty();
    }

    @Override
    public Optional<StoredEvent> guildsCounted(GuildsCounted event) {
        return Optional.empty();
    }

    @Override
    public Optional<StoredEvent> budgetCounted(BudgetCounted event) {
        String words = event.budget().remaining() + " of " + event.budget().total() + " IDENTIFYs are left";
        return stored(event, EventKind.BUDGET_COUNTED, Detail.words(null, words));
    }

    @Override
    public Optional<StoredEvent> disagreementFound(DisagreementFound event) {
        return stored(event, EventKind.DISAGREEMENT_FOUND, Detail.words(null, event.message()));
    }

    @Override
    public Optional<StoredEvent> operatorActed(OperatorActed event) {
        String words = event.reason() + " (by " + event.client() + ")";
        return stored(
                event, EventKind.OPERATOR_ACTED, Detail.words(event.action().name(), words));
    }

    @Override
    public Optional<StoredEvent> processPaused(ProcessPaused event) {
        return stored(event, EventKind.PROCESS_PAUSED, Detail.lasting(event.pause(), event.words()));
    }

    @Override
    public Optional<StoredEvent> clockSet(ClockSet event) {
        return stored(event, EventKind.CLOCK_SET, Detail.lasting(event.by(), event.words()));
    }

    private Optional<StoredEvent> stored(ConnectionEvent event, EventKind kind, Detail detail) {
        return Optional.of(new StoredEvent(
                ids.next(event.at()),
                instance,
                event.shard(),
                event.at().truncatedTo(ChronoUnit.MILLIS),
                kind,
                detail));
    }
}
