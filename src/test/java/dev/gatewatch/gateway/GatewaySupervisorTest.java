package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Failure.Kind;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.connection.SnapshotReducer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The supervisor in virtual time, over a wire that does what it is told. */
class GatewaySupervisorTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final FakeWire wire = new FakeWire(time);
    private final FakeDirectory directory = new FakeDirectory();
    private final IdentifyLedger ledger = new IdentifyLedger(
            () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)), 50, IdentifyLedger.Account.NEW, account -> {});
    private Function<URI, Mono<Void>> reachability = url -> Mono.never();
    private DoubleSupplier chance = () -> 0.5;
    private final ConnectionEvents hub = new ConnectionEvents();
    private final List<ConnectionEvent> events = new ArrayList<>();
    private final List<Integer> replacedBy = new ArrayList<>();
    private IdentifyGate gate = new IdentifyGate(() -> 1, time);
    private GatewaySupervisor supervisor = supervisor(Map.of());

    @BeforeEach
    void listen() {
        hub.stream().subscribe(events::add);
    }

    @Test
    void identifiesFirstAndIsConnectedWithReady() {
        start();

        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.IDENTIFY);
        assertThat(wire.last().request.url()).isEqualTo("ws://gateway");

        tell(() -> wire.last().ready());

        assertThat(snapshot().phase()).isEqualTo(Phase.CONNECTED);
        assertThat(events).hasAtLeastOneElementOfType(ConnectionEvent.Identified.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 4000, 4001, 4002, 4003, 4005, 4008})
    void resumesAtOnceOnTheResumeUrlAfterAClose(int code) {
        connect();

        fail(Failure.closed(code, ""));

        assertThat(wire.opened()).isEqualTo(2);
        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.RESUME);
        assertThat(wire.last().request.url()).isEqualTo("ws://resume");

        tell(() -> wire.last().resumed());

        assertThat(snapshot().phase()).isEqualTo(Phase.CONNECTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {4007, 4009})
    void identifiesOnTheGatewayUrlAfterACloseThatEndsTheSession(int code) {
        connectAndStayHealthy();

        fail(Failure.closed(code, ""));

        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.IDENTIFY);
        assertThat(wire.last().request.url()).isEqualTo("ws://gateway");
        assertThat(wire.last().request.session()).isNull();
    }

    @Test
    void identifiesAfterARefusedResume() {
        connectAndStayHealthy();
        fail(Failure.closed(1000, ""));
        tell(() -> wire.last().hello());

        fail(Failure.of(Kind.SESSION_INVALIDATED, "op 9 false"));

        assertThat(wire.opened()).isEqualTo(3);
        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.IDENTIFY);
        assertThat(wire.last().request.url()).isEqualTo("ws://gateway");
    }

    @ParameterizedTest
    @ValueSource(ints = {4004, 4010, 4012, 4013, 4014})
    void stopsForGoodAfterAFatalClose(int code) {
        connect();

        fail(Failure.closed(code, ""));
        time.advanceTimeBy(Duration.ofDays(1));

        assertThat(snapshot().phase()).isEqualTo(Phase.STOPPED);
        assertThat(wire.opened()).isEqualTo(1);
        assertThat(directory.asked).isEqualTo(1);
        assertThat(supervisor.isDead()).isFalse();
    }

    @Test
    void namesThePrivilegedIntentsItAsksForWhenTheyAreDisallowed() {
        supervisor = supervisor(Map.of("discord.intents", "GUILDS,GUILD_MEMBERS,MESSAGE_CONTENT"));
        connect();

        fail(Failure.closed(4014, ""));

        assertThat(snapshot().shards().get(0).stop().remedy()).endsWith("It asks for GUILD_MEMBERS, MESSAGE_CONTENT.");
    }

    @Test
    void namesTheShardCountThatDiscordRecommendsWhenShardingIsRequired() {
        supervisor = supervisor(Map.of("discord.shard-count", "1"));
        directory.answer = recommending(4);
        connect();

        fail(Failure.closed(4011, ""));

        assertThat(snapshot().shards().get(0).stop().remedy()).contains("Discord recommended 4");
        assertThat(replacedBy).isEmpty();
    }

    @Test
    void asksDiscordForTheShardCountWhenShardingIsRequiredAndNoneIsConfigured() {
        connect();
        directory.answer = recommending(4);

        fail(Failure.closed(4011, ""));
        time.advanceTimeBy(IdentifyGate.SPACING);

        assertThat(replacedBy).containsExactly(4);
        assertThat(wire.opened())
                .as("no IDENTIFY is sent with the number that was refused")
                .isEqualTo(1);
        assertThat(snapshot().phase()).isEqualTo(Phase.RECONNECTING);
        assertThat(snapshot().shards().get(0).stop()).isNull();
    }

    @Test
    void asksAgainForTheShardCountUntilDiscordAnswers() {
        connect();
        directory.failure = Failure.of(Kind.CONNECT, "refused");

        fail(Failure.closed(4011, ""));
        time.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(replacedBy).isEmpty();
        directory.failure = null;
        directory.answer = recommending(2);
        time.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(replacedBy).containsExactly(2);
        assertThat(wire.opened()).isEqualTo(1);
    }

    @Test
    void stopsWhenShardingIsRequiredAndDiscordRecommendsNoMoreShardsAndAsksAgainOnceStarted() {
        connect();

        fail(Failure.closed(4011, ""));
        time.advanceTimeBy(Duration.ofDays(1));

        assertThat(snapshot().phase()).isEqualTo(Phase.STOPPED);
        assertThat(snapshot().shards().get(0).stop().failure().message()).contains("4011", "no more than 1");
        assertThat(wire.opened()).isEqualTo(1);

        start();
        directory.answer = recommending(2);
        fail(Failure.closed(4011, ""));
        time.advanceTimeBy(IdentifyGate.SPACING);

        assertThat(replacedBy).containsExactly(2);
    }

    /** As a session that Discord resumes and drops again, for whatever reason. */
    @Test
    void resumesASessionThatIsLostAgainAndAgainAtOnceAtFirstAndThenEverMoreSlowly() {
        connect();
        long start = time.now(TimeUnit.MILLISECONDS);
        int inTheFirstMinute = 0;
        while (time.now(TimeUnit.MILLISECONDS) - start < Duration.ofHours(1).toMillis()) {
            int before = wire.opened();
            time.advanceTimeBy(Duration.ofMillis(1_500));
            fail(Failure.of(Kind.CLOSED_WITHOUT_CODE, "lost"));
            for (int second = 0; wire.opened() == before && second < 60; second++) {
                time.advanceTimeBy(Duration.ofSeconds(1));
            }
            tell(() -> wire.last().resumed());
            inTheFirstMinute = time.now(TimeUnit.MILLISECONDS) - start < 60_000 ? wire.opened() : inTheFirstMinute;
        }

        assertThat(inTheFirstMinute).isBetween(20, 30);
        assertThat(wire.opened()).isLessThan(200);
        assertThat(events)
                .filteredOn(ConnectionEvent.PlanMade.class::isInstance)
                .last()
                .satisfies(made -> assertThat(
                                ((ConnectionEvent.PlanMade) made).plan().reason())
                        .contains("connections lasted less than 30 s each"));
        assertThat(events)
                .filteredOn(ConnectionEvent.Identified.class::isInstance)
                .hasSize(1);
    }

    @Test
    void endsItsSessionWhenTheBotLogsOutAndBeginsANewOneWhenStartedAgain() {
        connectAndStayHealthy();

        supervisor
                .logOut(Failure.of(Kind.OPERATOR, "The bot's own code logged out"))
                .subscribe();
        time.advanceTime();

        assertThat(wire.last().cut).isTrue();
        assertThat(wire.last().sessionEnds).isTrue();
        assertThat(supervisor.session()).isEmpty();
        assertThat(snapshot().phase()).isEqualTo(Phase.STOPPED);

        start();
        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.IDENTIFY);
    }

    @Test
    void dropsTheSessionOfAStoppedShardWhenTheBotLogsOut() {
        connect();
        supervisor.stop(Failure.of(Kind.OPERATOR, "stopped by hand")).subscribe();

        supervisor
                .logOut(Failure.of(Kind.OPERATOR, "The bot's own code logged out"))
                .subscribe();
        time.advanceTime();

        assertThat(supervisor.session()).isEmpty();
        assertThat(events).filteredOn(ConnectionEvent.Stopped.class::isInstance).hasSize(1);
    }

    /** A probe may look at any moment, so that each fact on the way stands for one. */
    @Test
    void isNeverTakenForDeadWhileItIsReconnectedOrStartedAgain() {
        List<Boolean> dead = new ArrayList<>();
        hub.stream().subscribe(event -> dead.add(supervisor.isDead()));
        connect();

        supervisor.reconnect(true, Failure.of(Kind.OPERATOR, "by hand")).subscribe();
        time.advanceTime();
        supervisor.stop(Failure.of(Kind.OPERATOR, "stopped by hand")).subscribe();
        time.advanceTime();
        start();

        assertThat(dead).isNotEmpty().doesNotContain(true);
    }

    /** Reactor throws such an Error past every handler: nobody would hear of it. */
    @Test
    void takesItsWorkUpAgainAfterADefect() {
        List<Boolean> dead = new ArrayList<>();
        hub.stream().subscribe(event -> dead.add(supervisor.isDead()));
        reachability = url -> {
            throw new NoClassDefFoundError("a defect");
        };
        start();
        fail(Failure.of(Kind.CONNECT, "refused"));
        reachability = url -> Mono.never();

        awaitNext();
        tell(() -> wire.last().ready());

        assertThat(snapshot().phase()).isEqualTo(Phase.CONNECTED);
        assertThat(dead).isNotEmpty().doesNotContain(true);
    }

    /** An attempt that resumes no session would IDENTIFY without a turn and uncounted. */
    @Test
    void anIdentifyAfterADefectWaitsForItsTurnToo() {
        connectAndStayHealthy();
        fail(Failure.closed(1000, ""));
        failAndAwaitNext(Failure.of(Kind.CONNECT, "refused"));
        tell(() -> wire.last().hello());
        chance = () -> {
            throw new NoClassDefFoundError("a defect");
        };
        fail(Failure.of(Kind.SESSION_INVALIDATED, "op 9 false"));
        chance = () -> 0.5;
        awaitNext();
        assertThat(wire.opened()).isEqualTo(4);

        tell(() -> wire.last().ready());

        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.IDENTIFY);
        assertThat(ledger.budget().remaining()).isEqualTo(998);
    }

    @Test
    void isDeadWhenItFailsByADefectAgainAndAgainAndCanBeStartedAgain() {
        reachability = url -> {
            throw new IllegalStateException("a defect");
        };
        start();
        for (int i = 1; i < GatewaySupervisor.MOST_DEFECTS; i++) {
            failAndAwaitNext(Failure.of(Kind.CONNECT, "refused"));
            assertThat(supervisor.isDead()).isFalse();
        }
        fail(Failure.of(Kind.CONNECT, "refused"));
        assertThat(supervisor.isDead()).isTrue();

        start();

        assertThat(supervisor.isDead()).isFalse();
        assertThat(wire.opened()).isEqualTo(GatewaySupervisor.MOST_DEFECTS + 1);
    }

    @Test
    void givesWayToAnotherFleetWithoutSayingThatItIsStopped() {
        connect();

        supervisor
                .giveWay(Failure.of(Kind.RECONNECT_REQUESTED, "another number of shards"))
                .subscribe();
        time.advanceTimeBy(Duration.ofDays(1));

        assertThat(wire.last().cut).isTrue();
        assertThat(wire.opened()).isEqualTo(1);
        assertThat(events).noneMatch(ConnectionEvent.Stopped.class::isInstance);
        assertThat(snapshot().phase()).isEqualTo(Phase.DISCONNECTED);
    }

    /** The age of a session on disk counts from then: a stopped shard's session gets no younger. */
    @Test
    void aSessionsLastSignOfLifeIsThatOfItsConnectionAndStaysWhenThatIsLost() {
        connectAndStayHealthy();
        Instant heard = now();
        time.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(supervisor.lastSign()).isEqualTo(heard);

        directory.failure = Failure.of(Kind.CONNECT, "refused");
        fail(Failure.of(Kind.CONNECTION_LOST, "reset"));
        time.advanceTimeBy(Duration.ofSeconds(2));

        assertThat(supervisor.session()).isPresent();
        assertThat(supervisor.lastSign()).isEqualTo(heard);
    }

    @Test
    void stopsForGoodWhenTheTokenIsNotAccepted() {
        directory.failure = Failure.http(401, "Discord does not accept the token (HTTP 401)", null);

        start();
        time.advanceTimeBy(Duration.ofDays(1));

        assertThat(snapshot().phase()).isEqualTo(Phase.STOPPED);
        assertThat(directory.asked).isEqualTo(1);
        assertThat(wire.opened()).isZero();
    }

    @Test
    void asksAgainAfterTheWaitThatDiscordAskedFor() {
        directory.failure = Failure.http(429, "limited", Duration.ofSeconds(7));
        start();
        directory.failure = null;

        time.advanceTimeBy(Duration.ofMillis(6_999));
        assertThat(wire.opened()).isZero();

        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(wire.opened()).isEqualTo(1);
    }

    @Test
    void endsAnAttemptThatGetsNoHelloInTime() {
        start();

        time.advanceTimeBy(SupervisionRules.FIRST_HELLO.minusMillis(1));
        assertThat(failures()).isEmpty();

        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(failures()).containsExactly(Kind.HELLO_TIMEOUT);
        assertThat(wire.last().cut).isTrue();
    }

    @Test
    void isConnectedThoughResumedComesBeforeHello() {
        connectAndStayHealthy();
        fail(Failure.closed(1000, ""));

        tell(() -> wire.last().resumedUngreeted());
        assertThat(snapshot().phase()).isEqualTo(Phase.CONNECTED);
        tell(() -> wire.last().hello());
        assertThat(snapshot().phase()).isEqualTo(Phase.CONNECTED);
        time.advanceTimeBy(Duration.ofSeconds(12));

        assertThat(lastDisconnect().failure().kind()).as("watched over").isEqualTo(Kind.ZOMBIE);
    }

    @Test
    void leavesAConnectionThatIsResumedButNeverGreeted() {
        connectAndStayHealthy();
        fail(Failure.closed(1000, ""));

        tell(() -> wire.last().resumedUngreeted());
        time.advanceTimeBy(SupervisionRules.FIRST_HELLO);

        assertThat(wire.opened()).isEqualTo(3);
        tell(() -> wire.last().resumed());
        assertThat(lastDisconnect().failure().kind()).isEqualTo(Kind.HELLO_TIMEOUT);
    }

    @Test
    void isMorePatientWithHelloEachTimeUpToTheConnectionTimeout() {
        start();
        List<Duration> patience = new ArrayList<>();
        for (int attempt = 1; attempt <= 5; attempt++) {
            patience.add(untilNextFailure());
            awaitNext();
        }

        assertThat(patience)
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30));
    }

    @Test
    void isTwiceAsPatientWithReadyAfterEachMiss() {
        start();
        tell(() -> wire.last().hello());
        keepAlive(Duration.ofSeconds(59));
        assertThat(failures()).isEmpty();
        keepAlive(Duration.ofSeconds(1));
        assertThat(failures()).containsExactly(Kind.READY_TIMEOUT);

        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(wire.opened()).isEqualTo(2);
        tell(() -> wire.last().hello());
        keepAlive(Duration.ofSeconds(119));
        assertThat(failures()).hasSize(1);
        keepAlive(Duration.ofSeconds(1));
        assertThat(failures()).containsExactly(Kind.READY_TIMEOUT, Kind.READY_TIMEOUT);
    }

    @Test
    void leavesASilentConnectionWithinTwelveSeconds() {
        connectAndStayHealthy();

        time.advanceTimeBy(Duration.ofSeconds(12));

        assertThat(wire.opened()).isEqualTo(2);
        assertThat(lastDisconnect().failure().kind()).isEqualTo(Kind.ZOMBIE);
        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.RESUME);
    }

    @Test
    void doesNotTakeAFloodWithoutAcksForSilence() {
        connect();
        FakeWire.FakeLink link = wire.last();
        link.probe();

        for (int i = 0; i < 59; i++) {
            time.advanceTimeBy(Duration.ofSeconds(1));
            link.pulse().frameArrived();
        }

        assertThat(wire.opened()).isEqualTo(1);
    }

    @Test
    void leavesAConnectionWhoseHeartbeatsAreNoLongerAcknowledged() {
        connect();
        FakeWire.FakeLink link = wire.last();
        link.probe();

        for (int i = 0; i < 90 && wire.opened() == 1; i++) {
            time.advanceTimeBy(Duration.ofSeconds(1));
            link.pulse().frameArrived();
        }

        assertThat(wire.opened()).isEqualTo(2);
    }

    @Test
    void takesTurnsBetweenTheTwoAddressesInAnOutage() {
        connect();
        List<String> urls = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            failAndAwaitNext(Failure.of(Kind.CONNECT, "refused"));
            urls.add(wire.last().request.url());
        }

        assertThat(urls).containsExactly("ws://resume", "ws://gateway", "ws://resume", "ws://gateway");
    }

    @Test
    void forgetsAResumeUrlThatProvedDead() {
        connect();
        fail(Failure.closed(1000, ""));
        fail(Failure.of(Kind.CONNECT, "refused"));
        tell(() -> wire.last().resumed());

        fail(Failure.closed(1000, ""));

        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.RESUME);
        assertThat(wire.last().request.url()).isEqualTo("ws://gateway");
    }

    @Test
    void countsAttemptsFromOneAndStartsAnewOnlyAfterReadyOrResumed() {
        start();
        for (int i = 0; i < 3; i++) {
            tell(() -> wire.last().hello());
            failAndAwaitNext(Failure.closed(4000, ""));
        }
        assertThat(attempts()).containsExactly(1, 2, 3, 4);
        assertThat(snapshot().attempts()).isEqualTo(4);

        tell(() -> wire.last().ready());
        assertThat(snapshot().attempts()).isZero();

        fail(Failure.closed(4000, ""));
        assertThat(attempts()).containsExactly(1, 2, 3, 4, 1);
    }

    @Test
    void tellsOfALossAtOnceAndOfEachStepInItsOrder() {
        connect();
        int before = events.size();

        fail(Failure.closed(1000, ""));
        assertThat(told(before)).containsExactly("Disconnected", "PlanMade", "AttemptStarted");
        assertThat(snapshot().phase()).isNotEqualTo(Phase.CONNECTED);

        tell(() -> wire.last().resumed());
        assertThat(told(before))
                .containsExactly("Disconnected", "PlanMade", "AttemptStarted", "HelloReceived", "Resumed");
    }

    @Test
    void tellsOfALossBeforeTheStopThatFollowsIt() {
        connect();
        fail(Failure.closed(1000, ""));

        supervisor.stop(Failure.of(Kind.SHUTDOWN, "down")).subscribe();
        time.advanceTime();

        assertThat(only(ConnectionEvent.Disconnected.class)).hasSize(1);
        assertThat(events.get(events.size() - 1)).isInstanceOf(ConnectionEvent.Stopped.class);
    }

    @Test
    void beginsAnewFromNothingWhenExhausted() {
        connectAndStayHealthy();
        failTimes(11);

        assertThat(events).hasAtLeastOneElementOfType(ConnectionEvent.Exhausted.class);
        assertThat(directory.forgotten).isEqualTo(1);
        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.IDENTIFY);
        assertThat(snapshot().phase()).isEqualTo(Phase.RECONNECTING);
    }

    @Test
    void stopsWhenExhaustedIfToldTo() {
        supervisor = supervisor(Map.of("discord.exhausted-action", "stop"));
        start();
        failTimes(10);

        assertThat(snapshot().phase()).isEqualTo(Phase.STOPPED);
        assertThat(supervisor.wantsRestart()).isFalse();
    }

    @Test
    void asksForARestartWhenExhaustedIfToldTo() {
        supervisor = supervisor(Map.of("discord.exhausted-action", "restart"));
        start();
        failTimes(10);

        assertThat(supervisor.wantsRestart()).isTrue();
    }

    @Test
    void cutsTheWaitShortWhenTheNetworkIsBack() {
        connect();
        Sinks.Empty<Void> back = Sinks.empty();
        reachability = url -> back.asMono();
        fail(Failure.of(Kind.CONNECTION_LOST, "reset"));
        fail(Failure.of(Kind.CONNECT, "refused"));
        fail(Failure.of(Kind.CONNECT, "refused"));
        assertThat(wire.opened()).isEqualTo(3);

        tell(back::tryEmitEmpty);

        assertThat(wire.opened()).isEqualTo(4);
        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.RESUME);
    }

    @Test
    void doesNotIdentifyBelowTheReserveAndSaysUntilWhen() {
        directory.answer = new GatewayBot("ws://gateway", 1, 1_000, 50, Duration.ofHours(3), 1);
        ledger.asked().accept(directory.answer);

        start();
        time.advanceTimeBy(Duration.ofMinutes(179));

        assertThat(wire.opened()).isZero();
        assertThat(snapshot().shards().get(0).next().plan().reason()).contains("50 of 1000 IDENTIFYs are left");

        ledger.asked().accept(FakeDirectory.ANSWER);
        time.advanceTimeBy(Duration.ofSeconds(70));

        assertThat(wire.opened()).isEqualTo(1);
    }

    @Test
    void ofManyShardsOnlyOneIdentifiesWithTheLastOneAboveTheReserve() {
        gate = new IdentifyGate(() -> 16, time);
        ledger.asked().accept(new GatewayBot("ws://gateway", 16, 1_000, 51, Duration.ofHours(3), 16));
        List<GatewaySupervisor> shards = IntStream.range(0, 16)
                .mapToObj(shard -> supervisor(shard, Map.of()))
                .toList();

        shards.forEach(GatewaySupervisor::start);
        time.advanceTime();
        assertThat(wire.opened()).isEqualTo(1);

        fail(Failure.of(Kind.CONNECT, "refused")); // it gives its IDENTIFY back
        time.advanceTimeBy(Duration.ofMinutes(2));
        assertThat(wire.opened()).isGreaterThan(1);
        tell(() -> wire.last().ready());
        time.advanceTimeBy(Duration.ofMinutes(100));

        assertThat(only(ConnectionEvent.Identified.class)).hasSize(1);
        assertThat(ledger.budget().remaining()).isEqualTo(50);
    }

    /** Another process of the bot spends what is left while this one waits for its turn. */
    @Test
    void asksDiscordHowManyIdentifiesAreLeftWhenTheTurnHasCome() {
        connect();
        time.advanceTimeBy(Duration.ofMillis(100)); // what Discord says from now on is without that IDENTIFY
        directory.confirming = () -> ledger.asked().accept(left(51));
        fail(Failure.closed(4009, ""));
        time.advanceTimeBy(Duration.ofSeconds(1));
        directory.confirming = () -> ledger.asked().accept(left(50));

        time.advanceTimeBy(IdentifyGate.SPACING);

        assertThat(wire.opened()).isEqualTo(1);
        assertThat(failures()).contains(Kind.BUDGET);
    }

    @Test
    void asksDiscordForTheShardCountWhenTheTurnHasCome() {
        connect();
        directory.answer = recommending(4);

        fail(Failure.closed(4011, ""));
        time.advanceTimeBy(IdentifyGate.SPACING.minusMillis(1));
        assertThat(replacedBy).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(replacedBy).containsExactly(4);
    }

    @Test
    void anIdentifyCountsThoughTheAttemptIsCutBeforeItIsHeardOf() {
        start();
        tell(() -> wire.last().hello());
        wire.last().identified = true;

        supervisor.stop(Failure.of(Kind.OPERATOR, "stopped by hand")).subscribe();
        time.advanceTime();

        assertThat(ledger.budget().remaining()).isEqualTo(999);
    }

    @Test
    void anIdentifyThatIsSentWhileTheAttemptIsCutCountsAndKeepsItsTurn() {
        start();
        tell(() -> wire.last().hello());
        FakeWire.FakeLink cut = wire.last();
        cut.beforeCut = () -> cut.identified = true;

        supervisor
                .reconnect(true, Failure.of(Kind.OPERATOR, "reconnected by hand"))
                .subscribe();
        time.advanceTimeBy(IdentifyGate.SPACING.minusMillis(1));

        assertThat(ledger.budget().remaining()).isEqualTo(999);
        assertThat(wire.opened()).isEqualTo(1);

        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(wire.opened()).isEqualTo(2);
    }

    @Test
    void isDeadWhenAWaitForATurnNeverEnds() {
        gate.turn(0).subscribe(); // a taker that never releases
        start();

        time.advanceTimeBy(StepDeadline.LONGEST_TURN.minusSeconds(1));
        assertThat(supervisor.isDead()).isFalse();
        time.advanceTimeBy(Duration.ofSeconds(2));

        assertThat(supervisor.isDead()).isTrue();
    }

    @Test
    void isDeadWhenItAsksForTheGatewayAndNothingEverComesBack() {
        directory.silent = true;
        start();

        time.advanceTimeBy(Duration.ofMinutes(2));
        assertThat(supervisor.isDead()).isFalse();
        time.advanceTimeBy(Duration.ofMinutes(2));

        assertThat(supervisor.isDead()).isTrue();
    }

    @Test
    void isAliveHoweverLongAPlannedWaitIs() {
        ledger.asked().accept(new GatewayBot("ws://gateway", 1, 1_000, 50, Duration.ofHours(3), 1));
        start();

        for (int minute = 0; minute < 170; minute++) {
            time.advanceTimeBy(Duration.ofMinutes(1));
            assertThat(supervisor.isDead()).as("after %d minutes", minute).isFalse();
        }
    }

    @Test
    void resumesTheSessionOfTheProcessBefore() {
        supervisor.restore(new Session("before", 42, "ws://resume"), Instant.EPOCH);

        start();

        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.RESUME);
        assertThat(wire.last().request.url()).isEqualTo("ws://resume");
        assertThat(directory.asked).isZero();
    }

    @Test
    void waitsBeforeItsFirstAttemptWhenStartedTooOften() {
        supervisor.start(Duration.ofSeconds(10), "6 starts within 10 minutes");
        time.advanceTimeBy(Duration.ofMillis(9_999));
        assertThat(wire.opened()).isZero();
        assertThat(snapshot().shards().get(0).next().plan().reason()).contains("6 starts");

        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(wire.opened()).isEqualTo(1);
    }

    @Test
    void spacesIdentifiesByFiveSeconds() {
        start();
        tell(() -> wire.last().ready());

        fail(Failure.closed(4009, ""));
        assertThat(wire.opened()).isEqualTo(1);

        time.advanceTimeBy(IdentifyGate.SPACING);
        assertThat(wire.opened()).isEqualTo(2);
    }

    @Test
    void cutsTheConnectionWhenStoppedAndResumesWhenStartedAgain() {
        connect();

        supervisor.stop(Failure.of(Kind.OPERATOR, "stopped by hand")).subscribe();
        time.advanceTime();
        assertThat(wire.last().cut).isTrue();
        assertThat(snapshot().phase()).isEqualTo(Phase.STOPPED);

        start();
        assertThat(wire.opened()).isEqualTo(2);
        assertThat(wire.last().request.recovery()).isEqualTo(Recovery.RESUME);
    }

    private GatewaySupervisor supervisor(Map<String, String> settings) {
        return supervisor(0, settings);
    }

    private GatewaySupervisor supervisor(int shard, Map<String, String> settings) {
        GatewayConfig config = TestConfig.with(settings);
        Supplies supplies = new Supplies(
                () -> wire,
                directory,
                count(config),
                gate,
                ledger,
                (url, outage) -> reachability.apply(url),
                SupervisionRules.of(config, () -> chance.getAsDouble()),
                hub,
                time);
        return new GatewaySupervisor(shard, supplies);
    }

    private ShardCount count(GatewayConfig config) {
        return new ShardCount(
                config.shardCount(), OptionalInt.of(1), OptionalInt.empty(), directory, () -> true, replacedBy::add);
    }

    private static GatewayBot left(int remaining) {
        return new GatewayBot("ws://gateway", 1, 1_000, remaining, Duration.ofHours(3), 1);
    }

    private static GatewayBot recommending(int shards) {
        return new GatewayBot("ws://gateway", shards, 1_000, 1_000, Duration.ofHours(1), 1);
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    private void start() {
        supervisor.start();
        time.advanceTime();
    }

    private void connect() {
        start();
        tell(() -> wire.last().ready());
    }

    /** Long enough for the loss to come from a healthy connection, and for the next IDENTIFY not to wait its turn. */
    private void connectAndStayHealthy() {
        connect();
        keepAlive(IdentifyGate.SPACING.plusSeconds(1));
    }

    private void keepAlive(Duration duration) {
        FakeWire.FakeLink link = wire.last();
        for (int i = 0; i < duration.toSeconds(); i++) {
            link.pulse().frameArrived();
            time.advanceTimeBy(Duration.ofSeconds(1));
        }
        link.pulse().frameArrived();
    }

    private void fail(Failure failure) {
        tell(() -> wire.last().fail(failure));
    }

    private void failTimes(int times) {
        for (int i = 0; i < times; i++) {
            failAndAwaitNext(Failure.of(Kind.CONNECT, "refused"));
        }
    }

    private Duration untilNextFailure() {
        int before = failures().size();
        Duration passed = Duration.ZERO;
        for (; failures().size() == before; passed = passed.plusMillis(100)) {
            time.advanceTimeBy(Duration.ofMillis(100));
        }
        return passed;
    }

    private void awaitNext() {
        int before = wire.opened();
        for (int i = 0; i < 3_000 && wire.opened() == before; i++) {
            time.advanceTimeBy(Duration.ofMillis(10));
        }
    }

    /** Fails the connection; returns when the next is opened, or when none will be. */
    private void failAndAwaitNext(Failure failure) {
        int before = wire.opened();
        fail(failure);
        for (int i = 0; i < 3_000 && wire.opened() == before; i++) {
            time.advanceTimeBy(Duration.ofMillis(100));
        }
    }

    private void tell(Runnable what) {
        what.run();
        time.advanceTime();
    }

    private Snapshot snapshot() {
        return events.stream().reduce(Snapshot.EMPTY, SnapshotReducer::reduce, (a, b) -> b);
    }

    private List<String> told(int since) {
        return events.subList(since, events.size()).stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    private List<Integer> attempts() {
        return only(ConnectionEvent.AttemptStarted.class).stream()
                .map(ConnectionEvent.AttemptStarted::attempt)
                .toList();
    }

    private List<Kind> failures() {
        return only(ConnectionEvent.AttemptFailed.class).stream()
                .map(event -> event.failure().kind())
                .toList();
    }

    private ConnectionEvent.Disconnected lastDisconnect() {
        List<ConnectionEvent.Disconnected> all = only(ConnectionEvent.Disconnected.class);
        return all.get(all.size() - 1);
    }

    private <T> List<T> only(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
