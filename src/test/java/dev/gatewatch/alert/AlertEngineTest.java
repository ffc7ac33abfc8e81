package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.alert.Delivery.Outcome;
import dev.gatewatch.connection.Backoff;
import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.history.MaintenanceWindow;
import dev.gatewatch.history.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** From a fact to a delivered message, across restarts and outages of the database, in virtual time. */
class AlertEngineTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final MemoryStore store = new MemoryStore();
    private final FakeSender sender = new FakeSender(time);
    private final AlertTargets targets = AlertTargets.parse("json:http://a.example/ slack:http://b.example/");
    private final Sources sources = new Sources();
    private ConnectionEvents events;
    private AlertEngine engine;

    @Test
    void tellsEveryTargetOfAnOutageAndItsEndWithDurationAndVerdict() {
        start();
        up().pass(60);
        down().pass(31);
        assertThat(said("json-1")).containsExactly("opened: Gateway down");

        pass(161);
        up().pass(31);
        assertThat(said("json-1"))
                .containsExactly("opened: Gateway down", "resolved: Gateway connected again after 3 min 12 s");
        assertThat(said("slack-2")).isEqualTo(said("json-1"));
        AlertMessage resolved = sender.delivered.get("json-1").get(1);
        assertThat(resolved.verdict()).isEqualTo(Messages.VERDICT);
        assertThat(resolved.duration()).isEqualTo(Duration.ofSeconds(192));
        assertThat(resolved.text())
                .isEqualTo(
                        "\"Gateway down\" lasted from 1970-01-01 00:01:01 UTC to 1970-01-01 00:04:13 UTC. Verdict: network"
                                + " (high confidence): Discord's name could not be resolved: DNS failed.");
        assertThat(store.kept()).isEqualTo(AlertStore.Kept.NOTHING);
    }

    @Test
    void tellsNothingTwiceAcrossARestartAndStillTheEnd() {
        start();
        up().pass(60);
        down().pass(60);
        crash();
        start();
        events.publish(new ConnectionEvent.Started(0, now()));
        pass(300);
        up().pass(31);

        assertThat(said("json-1"))
                .containsExactly("opened: Gateway down", "resolved: Gateway connected again after 6 min 2 s");
    }

    @Test
    void deliversAfterARestartWhatWasNotDeliveredBeforeItInOrder() {
        sender.answers("json-1", Outcome.RETRIED);
        start();
        up().pass(60);
        down().pass(60);
        crash();
        sender.works("json-1");
        start();
        events.publish(new ConnectionEvent.Started(0, now()));
        up().pass(60);

        assertThat(said("json-1"))
                .containsExactly("opened: Gateway down", "resolved: Gateway connected again after 1 min 2 s");
        assertThat(said("slack-2")).isEqualTo(said("json-1"));
    }

    @Test
    void tellsItAllTheSameWhileTheDatabaseIsAway() {
        start();
        store.goesDown();
        up().pass(60);
        down().pass(31);
        up().pass(31);
        assertThat(said("json-1")).hasSize(2);

        store.works();
        pass(10);
        assertThat(store.kept()).isEqualTo(AlertStore.Kept.NOTHING);
    }

    @Test
    void waitsForADatabaseThatHangsOnlyForAMoment() {
        start();
        store.hangs();
        up().pass(60);
        down().pass(30);
        assertThat(said("json-1")).isEmpty();

        pass(4);
        assertThat(said("json-1")).hasSize(1);
    }

    @Test
    void decidesWithoutADatabaseThatIsAwayAtTheStartAndJoinsWhatItHoldsLater() {
        start();
        up().pass(60);
        down().pass(60);
        crash();
        store.goesDown();
        start();
        events.publish(new ConnectionEvent.Started(0, now()));
        pass(60);
        assertThat(said("json-1")).as("told again: better twice than never").hasSize(2);

        store.works();
        pass(60);
        up().pass(40);
        assertThat(said("json-1")).hasSize(3);
        assertThat(sender.delivered.get("json-1").get(2).since()).isEqualTo(Instant.ofEpochSecond(61));
        assertThat(store.kept()).isEqualTo(AlertStore.Kept.NOTHING);
    }

    @Test
    void isWellUntilAnAlertIsDue() {
        start();
        assertThat(isWell()).isFalse();
        up().pass(60);
        assertThat(isWell()).isTrue();
        down().pass(20);
        assertThat(isWell()).isTrue();
        pass(11);
        assertThat(isWell()).isFalse();
        up().pass(1);
        assertThat(isWell()).isTrue();
    }

    @Test
    void sendsATestPastWhatWaitsAndTellsHowItEnded() {
        sender.answers("json-1", Outcome.GONE);
        start();
        up().pass(60);
        down().pass(60);
        sender.works("json-1").answers("slack-2", Outcome.REFUSED);

        List<TestOutcome> outcomes = take(engine.test(sender));

        assertThat(outcomes)
                .extracting(
                        outcome -> outcome.target() + " " + outcome.delivery().outcome())
                .containsExactly("json-1 DELIVERED", "slack-2 REFUSED");
        assertThat(said("json-1")).containsExactly("test: Gatewatch test alert", "opened: Gateway down");
    }

    @Test
    void throwsAwayWhatWaitsForATargetThatIsNoLongerThere() {
        Parcel orphan = new Parcel("json-0000000000000000", Messages.message("1", now()), 0, now());
        store.save(new AlertStore.Changes(List.of(), List.of(orphan), List.of()))
                .block();

        start();
        pass(10);

        assertThat(sender.attempts).isEmpty();
        assertThat(store.kept().parcels()).isEmpty();
    }

    /** Whatever one step of one alert throws, the next outage is told, and its end. */
    @Test
    void goesOnAfterAnAlertCouldNotBePutIntoWords() {
        start();
        up().pass(60);
        sources.broken = true;
        down().pass(60);
        up().pass(60);
        assertThat(sender.attempts).isEmpty();
        assertThat(events.failures().count()).as("opened and resolved").isEqualTo(2);

        sources.broken = false;
        down().pass(60);
        up().pass(60);

        assertThat(said("json-1"))
                .containsExactly("opened: Gateway down", "resolved: Gateway connected again after 1 min");
    }

    @Test
    void tellsTheEndWithoutAVerdictWhenThatCannotBeAsked() {
        start();
        up().pass(60);
        down().pass(60);
        sources.verdicts = false;
        up().pass(60);

        assertThat(said("json-1")).hasSize(2);
        assertThat(sender.delivered.get("json-1").get(1).verdict()).isNull();
    }

    @Test
    void learnsOfMaintenanceAgainAfterThatFailed() {
        sources.maintenance = Flux.error(new IllegalStateException("a defect"));
        start();
        sources.maintenance = Flux.just(List.of(new MaintenanceWindow(
                "1", "default", now(), now().plus(Duration.ofHours(1)), "a window that nobody must be told in")));
        up().pass(60);
        down().pass(60);

        assertThat(sender.attempts).isEmpty();
        assertThat(events.failures().count()).isEqualTo(1);
    }

    private void start() {
        events = new ConnectionEvents();
        Mirror mirror = new Mirror(store, events.failures(), time);
        DeliveryCounter counter = new DeliveryCounter(new SimpleMeterRegistry());
        Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), () -> 0.5);
        List<Lane> lanes = targets.list().stream()
                .map(target -> new Lane(
                        target, sender, backoff, Duration.ofHours(24), mirror, counter, events.failures(), time))
                .toList();
        AlertSettings settings = new AlertSettings(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofHours(4), 5, Duration.ofMinutes(10));
        engine = new AlertEngine(settings, sources, lanes, mirror, events.failures(), time);
        engine.start(events.stream());
        pass(1);
    }

    /** No farewell: what is in the store is what was written. */
    private void crash() {
        store.hangs();
        engine.stop().subscribe();
        pass(1);
        store.works();
    }

    private AlertEngineTest up() {
        events.publish(new ConnectionEvent.Resumed(0, now(), 1, 0));
        return this;
    }

    private AlertEngineTest down() {
        events.publish(new ConnectionEvent.Disconnected(0, now(), Failure.closed(4000, "")));
        return this;
    }

    private void pass(long seconds) {
        time.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    private boolean isWell() {
        return take(engine.isWell());
    }

    private <T> T take(Mono<T> mono) {
        var future = mono.toFuture();
        pass(0);
        return future.getNow(null);
    }

    private List<String> said(String target) {
        return sender.delivered.getOrDefault(target, List.of()).stream()
                .map(message -> message.occasion().word() + ": " + message.title())
                .toList();
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    private static final class Sources implements AlertSources {

        private boolean broken;
        private boolean verdicts = true;
        private Flux<List<MaintenanceWindow>> maintenance = Flux.just(List.of());

        @Override
        public String instance() {
            if (broken) {
                throw new NoClassDefFoundError("a defect");
            }
            return "default";
        }

        @Override
        public Flux<List<MaintenanceWindow>> maintenance() {
            return maintenance;
        }

        @Override
        public Mono<Verdict> verdict(Instant since, Instant until) {
            if (!verdicts) {
                throw new IllegalStateException("a defect");
            }
            return Mono.just(Messages.VERDICT);
        }
    }
}
