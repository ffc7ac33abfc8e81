package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.alert.Delivery.Outcome;
import dev.gatewatch.connection.Backoff;
import dev.gatewatch.gateway.ReaderFailures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The way to a target, in virtual time. */
class LaneTest {

    private static final Target A =
            AlertTargets.parse("json:http://a.example/").list().get(0);
    private static final Target B = new Target("slack-2", Target.Kind.SLACK, URI.create("http://b.example/"));

    private static final Target DISCORD =
            new Target("discord-3", Target.Kind.DISCORD, URI.create("https://canary.discord.com/api/webhooks/1/x"));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final MemoryStore store = new MemoryStore();
    private final ReaderFailures failures = new ReaderFailures();
    private final Mirror mirror = new Mirror(store, failures, time);
    private final FakeSender sender = new FakeSender(time);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Lane lane = lane(A);

    @BeforeEach
    void begin() {
        mirror.load().subscribe();
    }

    @Test
    void deliversInOrderAndForgets() {
        add(lane, "1", "2", "3");

        assertThat(sender.ids("json-1")).containsExactly("1", "2", "3");
        assertThat(store.kept().parcels()).isEmpty();
        assertThat(lane.report().state()).isEqualTo(TargetReport.State.READY);
        assertThat(count(Outcome.DELIVERED)).isEqualTo(3);
    }

    @Test
    void triesTheFirstAgainAndAgainAndLetsNoneOvertakeIt() {
        sender.answers("json-1", Outcome.RETRIED);
        add(lane, "1", "2");
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(sender.attempts)
                .containsExactly("0 json-1 1", "2 json-1 1", "6 json-1 1", "14 json-1 1", "30 json-1 1", "50 json-1 1");
        assertThat(lane.report().state()).isEqualTo(TargetReport.State.RETRYING);
        assertThat(lane.report().queued()).isEqualTo(2);
        assertThat(lane.report().nextAttempt()).isEqualTo(start().plusSeconds(70));

        sender.works("json-1");
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(sender.ids("json-1")).containsExactly("1", "2");
        assertThat(lane.report().state()).isEqualTo(TargetReport.State.READY);
        assertThat(count(Outcome.RETRIED)).isEqualTo(6);
    }

    @Test
    void leavesATargetAloneForAsLongAsItAsks() {
        sender.asksForPause("json-1", Duration.ofSeconds(45));
        add(lane, "1");
        sender.works("json-1");
        add(lane, "2");
        time.advanceTimeBy(Duration.ofSeconds(44));
        assertThat(sender.attempts).hasSize(1);

        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(sender.attempts).containsExactly("0 json-1 1", "45 json-1 1", "45 json-1 2");
    }

    @Test
    void remembersTheWaitAcrossARestart() {
        sender.asksForPause("json-1", Duration.ofSeconds(45));
        add(lane, "1");
        lane.close();
        sender.works("json-1");
        Lane next = lane(A);
        next.adopt(store.kept().parcels());
        time.advanceTimeBy(Duration.ofSeconds(44));
        assertThat(sender.attempts).hasSize(1);

        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(sender.ids("json-1")).containsExactly("1");
    }

    @Test
    void isNotDelayedByATargetThatHangs() {
        Lane other = lane(B);
        sender.hangs("json-1", Duration.ofSeconds(10));
        for (String id : List.of("1", "2", "3")) {
            add(lane, id);
            add(other, id);
        }

        assertThat(sender.ids("slack-2")).containsExactly("1", "2", "3");
        assertThat(sender.ids("json-1")).isEmpty();
    }

    @Test
    void throwsAwayWhatIsRefusedAndGoesOn() {
        sender.answers("json-1", Outcome.REFUSED);
        add(lane, "1");
        sender.works("json-1");
        add(lane, "2");

        assertThat(sender.attempts).containsExactly("0 json-1 1", "0 json-1 2");
        assertThat(store.kept().parcels()).isEmpty();
    }

    @Test
    void givesAWebhookOnDiscordUpThatIsGoneThreeTimesInARowUntilATestGetsThrough() {
        Lane discord = lane(DISCORD);
        sender.answers("discord-3", Outcome.GONE);
        add(discord, "1", "2");
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(sender.attempts).containsExactly("0 discord-3 1", "2 discord-3 1", "6 discord-3 1");
        assertThat(discord.report().state()).isEqualTo(TargetReport.State.GONE);
        assertThat(store.kept().parcels()).hasSize(2);

        sender.works("discord-3");
        discord.revive();
        assertThat(sender.ids("discord-3")).containsExactly("1", "2");
        assertThat(discord.report().state()).isEqualTo(TargetReport.State.READY);
    }

    /** A relay that was away for a moment, such as while it was rolled out, must not be silent until a person looks. */
    @Test
    void triesATargetElsewhereSlowlyThatIsGoneThreeTimesInARow() {
        sender.answers("json-1", Outcome.GONE);
        add(lane, "1", "2");
        time.advanceTimeBy(Duration.ofMinutes(31));
        assertThat(sender.attempts)
                .containsExactly("0 json-1 1", "2 json-1 1", "6 json-1 1", "906 json-1 1", "1806 json-1 1");
        assertThat(lane.report().state()).isEqualTo(TargetReport.State.RETRYING);
        assertThat(lane.report().nextAttempt()).isEqualTo(start().plusSeconds(2_706));

        sender.works("json-1");
        time.advanceTimeBy(Duration.ofMinutes(15));
        assertThat(sender.ids("json-1")).containsExactly("1", "2");
        assertThat(lane.report().state()).isEqualTo(TargetReport.State.READY);
    }

    @Test
    void sendsWhatWaitsAtOnceWhenATestGetsThrough() {
        sender.answers("json-1", Outcome.GONE);
        add(lane, "1");
        time.advanceTimeBy(Duration.ofMinutes(1));

        sender.works("json-1");
        lane.revive();

        assertThat(sender.ids("json-1")).containsExactly("1");
    }

    @Test
    void throwsAwayWhatIsTooOldToBeTold() {
        sender.answers("json-1", Outcome.RETRIED);
        add(lane, "1");
        time.advanceTimeBy(Duration.ofHours(23));
        add(lane, "2");
        time.advanceTimeBy(Duration.ofHours(1).plusSeconds(1));
        lane.look();
        assertThat(count(Outcome.EXPIRED)).isEqualTo(1);

        sender.works("json-1");
        time.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(sender.ids("json-1")).containsExactly("2");
        assertThat(store.kept().parcels()).isEmpty();
    }

    @Test
    void deliversWhatWasLeftBeforeWhatIsNew() {
        sender.hangs("json-1", Duration.ofSeconds(10));
        add(lane, "8", "9");
        sender.works("json-1");
        lane.adopt(List.of(parcel("3"), parcel("4")));
        time.advanceTimeBy(Duration.ofSeconds(30));

        assertThat(sender.ids("json-1")).containsExactly("8", "3", "4", "9"); // 8 was on its way already
    }

    /** A sender never fails; should it, that is no reason to deliver nothing any more. */
    @Test
    void triesAgainAfterASenderThatFails() {
        sender.throwing("json-1", new IllegalStateException("http://a.example/secret"));
        add(lane, "1");
        time.advanceTimeBy(Duration.ofSeconds(1));
        sender.works("json-1");
        time.advanceTimeBy(Duration.ofSeconds(60));

        assertThat(sender.ids("json-1")).containsExactly("1");
        assertThat(failures.count()).isEqualTo(1);
    }

    @Test
    void deliversOnceWhenTheDeliveryCannotBeCounted() {
        Lane other = lane(B);
        registry.clear();
        registry.config().onMeterAdded(meter -> {
            throw new IllegalStateException("a registry's defect");
        });
        add(other, "1", "2");
        time.advanceTimeBy(Duration.ofSeconds(60));

        assertThat(sender.ids("slack-2")).containsExactly("1", "2");
    }

    private Lane lane(Target target) {
        return new Lane(
                target,
                sender,
                new Backoff(Duration.ofSeconds(4), Duration.ofSeconds(40), () -> 0),
                Duration.ofHours(24),
                mirror,
                new DeliveryCounter(registry),
                failures,
                time);
    }

    private void add(Lane to, String... ids) {
        for (String id : ids) {
            Parcel parcel = new Parcel(to.target().key(), Messages.message(id, now()), 0, now());
            mirror.put(parcel);
            mirror.flush().subscribe();
            to.add(parcel);
        }
    }

    private Parcel parcel(String id) {
        return new Parcel(A.key(), Messages.message(id, now()), 0, now());
    }

    private double count(Outcome outcome) {
        return registry.counter(DeliveryCounter.NAME, "target", "json-1", "outcome", outcome.word())
                .count();
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    private static Instant start() {
        return Instant.EPOCH;
    }
}
