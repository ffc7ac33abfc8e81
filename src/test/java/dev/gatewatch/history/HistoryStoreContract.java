package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.Recovery;
import dev.gatewatch.history.Verdict.Blame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must do; run against each for real. */
abstract class HistoryStoreContract {

    private static final Duration NO_BLIP = Duration.ZERO;
    private static final Failure CLOSED_4000 = Failure.closed(4000, "");

    private Database database;
    private HistoryStore store;

    /** A new, empty database, or the same again for another instance. */
    abstract Database database(String instance);

    @BeforeEach
    void open() {
        database = database("one");
        store = database.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void givesBackEveryDetailOfAnEvent() {
        List<StoredEvent> told = Events.of("one")
                .started(0)
                .attempt(1, 3, Recovery.RESUME)
                .planned(2, 4)
                .resumed(3)
                .disconnected(
                        4,
                        new Failure(
                                Failure.Kind.CLOSED, 4009, "it's \"over\"; DROP TABLE event", Duration.ofSeconds(9)))
                .stopped(5, Failure.of(Failure.Kind.OPERATOR, "słowa 言葉"))
                .list();

        store.write(told);

        assertThat(newest(100)).containsExactlyElementsOf(reversed(told));
    }

    @Test
    void acceptsATextWithACharacterThatPostgresRefuses() {
        StoredEvent.Detail words = StoredEvent.Detail.words("X", "a\0b");
        store.write(List.of(new StoredEvent("1", "one", 0, Events.second(0), EventKind.ERROR_OCCURRED, words)));

        assertThat(newest(1).get(0).detail().message()).isEqualTo("ab");
    }

    @Test
    void acceptsATextThatIsCutInTheMiddleOfACharacter() {
        store.write(Events.of("one")
                .failed(0, 1, Failure.of(Failure.Kind.INTERNAL, "x".repeat(1_999) + "🛰️🛰️"))
                .list());

        assertThat(newest(1).get(0).detail().message()).startsWith("xxx");
    }

    @Test
    void storesAnEventOnceHoweverOftenItIsWritten() {
        Events events =
                Events.of("one").connected(0).disconnected(10, CLOSED_4000).attempt(11, 1, Recovery.RESUME);
        store.write(events.list());
        store.write(events.list());
        store.write(events.resumed(40).list());

        assertThat(newest(100)).hasSize(4);
        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.attempts()).isEqualTo(1);
            assertThat(incident.failures().counts()).containsExactly(Map.entry("CLOSED:4000", 1));
        });
    }

    @Test
    void writesAllOfABatchOrNothing() {
        List<StoredEvent> batch =
                new ArrayList<>(Events.of("one").started(0).connected(1).list());
        StoredEvent broken = new StoredEvent("X", null, 0, Instant.EPOCH, EventKind.STARTED, StoredEvent.Detail.NONE);
        batch.add(broken);

        assertThatThrownBy(() -> store.write(batch)).isInstanceOf(EntryRefusedException.class);

        assertThat(newest(100)).isEmpty();
    }

    @Test
    void pagesThroughEventsOfTheSameMillisecondWithoutGapOrRepeat() {
        Events events = Events.of("one");
        for (int i = 0; i < 25; i++) {
            events.started(i < 13 ? 0 : 1);
        }
        store.write(events.list());

        List<StoredEvent> seen = new ArrayList<>();
        Position after = null;
        do {
            Page<StoredEvent> page = store.events(new EventQuery(null, null, null, Set.of(), after, 10));
            seen.addAll(page.items());
            after = page.next();
        } while (after != null);

        assertThat(seen).containsExactlyElementsOf(reversed(events.list()));
    }

    @Test
    void readsOnBehindAnIdInTheOrderOfTheIdsWhateverTheirTimes() {
        List<StoredEvent> told = Events.of("one")
                .started(100)
                .attempt(50, 1, Recovery.IDENTIFY) // the clock was set back
                .connected(51)
                .disconnected(200, CLOSED_4000)
                .list();
        store.write(told);

        assertThat(store.between(told.get(0).id(), told.get(3).id(), 10))
                .containsExactly(told.get(1), told.get(2), told.get(3));
        assertThat(store.between(told.get(0).id(), told.get(3).id(), 2)).containsExactly(told.get(1), told.get(2));
        assertThat(store.between(told.get(3).id(), "7", 10)).isEmpty();
        try (Database other = database("two")) {
            assertThat(other.open().between("", "7", 10)).isEmpty();
        }
    }

    @Test
    void knowsWhetherItReachesBackToAnId() {
        List<StoredEvent> told = Events.of("one")
                .started(0)
                .connected(10)
                .disconnected(20, CLOSED_4000)
                .list();
        assertThat(store.reachesBackTo(told.get(2).id())).isFalse();
        store.write(told);
        assertThat(store.reachesBackTo(told.get(0).id())).isTrue();

        store.prune(Tier.EVENTS, Events.second(15), 10);

        assertThat(store.reachesBackTo(told.get(1).id())).isFalse();
        assertThat(store.reachesBackTo(told.get(2).id())).isTrue();
        assertThat(store.reachesBackTo("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).isTrue();
    }

    @Test
    void filtersEventsByTimeShardAndKind() {
        store.write(Events.of("one")
                .started(0)
                .connected(1)
                .shard(1)
                .started(2)
                .connected(3)
                .started(4)
                .list());

        EventQuery query = new EventQuery(
                Events.second(1), Events.second(4), 1, Set.of(EventKind.CONNECTED, EventKind.STARTED), null, 10);

        assertThat(store.events(query).items())
                .extracting(StoredEvent::at)
                .containsExactly(Events.second(3), Events.second(2));
    }

    @Test
    void showsAnInstanceOnlyWhatIsItsOwn() {
        store.write(Events.of("one").connected(0).disconnected(1, CLOSED_4000).list());
        try (Database other = database("two")) {
            HistoryStore theirs = other.open();
            theirs.write(Events.of("two").connected(0).list());

            assertThat(theirs.events(new EventQuery(null, null, null, Set.of(), null, 10))
                            .items())
                    .hasSize(1);
            assertThat(theirs.shards()).hasSize(1);
            assertThat(Events.losses(theirs, Instant.EPOCH, Events.second(99))).isEmpty();
        }
        assertThat(newest(10)).hasSize(2);
    }

    @Test
    void keepsAnOpenIncidentAcrossARestart() {
        Events events =
                Events.of("one").connected(0).disconnected(10, CLOSED_4000).attempt(11, 1, Recovery.RESUME);
        store.write(events.take());
        store = database.open();
        store.write(events.failed(20, 1, Failure.of(Failure.Kind.CONNECT, "refused"))
                .attempt(21, 2, Recovery.IDENTIFY)
                .connected(70)
                .list());

        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.start()).isEqualTo(Events.second(10));
            assertThat(incident.end()).isEqualTo(Events.second(70));
            assertThat(incident.closeCodes()).containsExactly(4000);
            assertThat(incident.attempts()).isEqualTo(2);
            assertThat(incident.recovery()).isEqualTo(Recovery.IDENTIFY);
            assertThat(incident.verdict().blame()).isEqualTo(Blame.DISCORD);
            assertThat(incident.verdict().evidence()).hasSize(2);
        });
    }

    @Test
    void countsAPauseOfTheProcessAsDowntime() {
        store.write(Events.of("one").started(0).connected(0).list());
        store.write(Events.of("one").paused(250, 150).list());
        store.pulse(List.of(0), Events.second(1_000));

        UptimeReport report = uptime(1_000);

        assertThat(report.total().down()).hasSeconds(150);
        assertThat(report.byVerdict()).containsOnlyKeys(Blame.US);
    }

    @Test
    void joinsALossThatFollowsFromAPauseWhenItIsWrittenLater() {
        store.write(Events.of("one").started(0).connected(0).paused(250, 150).list());
        store.write(Events.of("one").disconnected(254, CLOSED_4000).list());
        store.write(Events.of("one").resumed(255).list());

        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.cause()).isEqualTo(Incident.PROCESS_DOWN);
            assertThat(incident.start()).isEqualTo(Events.second(100));
            assertThat(incident.end()).isEqualTo(Events.second(255));
        });
    }

    @Test
    void leavesOutTheTimeThatAClockSetForwardSkipped() {
        double years = 26 * 365 * 86_400.0;
        store.write(Events.of("one").started(0).failed(10, 1, CLOSED_4000).list());
        store.write(Events.of("one").clockSet(years + 30, years).list());
        store.write(Events.of("one").connected(years + 40).list());
        store.pulse(List.of(0), Events.second(years + 100));

        UptimeReport report = uptime(years + 100);

        assertThat(incidents()).singleElement().satisfies(incident -> assertThat(
                        incident.duration(Events.second(years + 100)))
                .hasSeconds(30));
        assertThat(report.total().down()).hasSeconds(30);
        assertThat(report.total().observed()).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void doesNotCallTheTimeUpInWhichAMachineWithAClockBehindWasOff() {
        store.write(Events.of("one").started(0).connected(0).list());
        store.pulse(List.of(0), Events.second(1_000));
        store.write(Events.of("one").started(1_001).connected(1_005).list());
        store.write(Events.of("one").clockSet(33_420, 32_400).list());
        store.pulse(List.of(0), Events.second(34_000));

        UptimeReport report = uptime(34_000);

        assertThat(report.total().observed()).hasSeconds(1_020 + 580);
        assertThat(report.total().down()).hasSeconds(5);
        assertThat(watched(0, 34_000))
                .containsExactly(
                        new Span(Events.second(0), Events.second(1_020)),
                        new Span(Events.second(33_420), Events.second(34_000)));
    }

    @Test
    void leavesNothingInTheFutureWhenTheClockIsSetBack() {
        store.write(Events.of("one").started(0).connected(0).list());
        store.pulse(List.of(0), Events.second(1_000));
        store.write(Events.of("one").started(33_401).connected(33_405).list()); // 9 h ahead
        store.pulse(List.of(0), Events.second(33_440));
        store.write(Events.of("one").clockSet(1_050, -32_400).list());
        store.pulse(List.of(0), Events.second(2_000));

        UptimeReport report = uptime(2_000);

        assertThat(report.total().down()).hasSeconds(5);
        assertThat(incidents())
                .allSatisfy(incident -> assertThat(incident.end()).isBefore(Events.second(1_050)));
        assertThat(watched(0, 2_000)).containsExactly(new Span(Events.second(0), Events.second(2_000)));
    }

    @Test
    void takesTheTimeWithoutALifeSignForDowntime() {
        store.write(Events.of("one").started(0).connected(1).list());
        store.pulse(Set.of(0), Events.second(100));
        store.pulse(Set.of(0), Events.second(90));
        store.write(Events.of("one").started(400).connected(401).list());

        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.cause()).isEqualTo(Incident.PROCESS_DOWN);
            assertThat(incident.start()).isEqualTo(Events.second(100));
            assertThat(incident.end()).isEqualTo(Events.second(401));
            assertThat(incident.verdict().blame()).isEqualTo(Blame.US);
        });
    }

    @Test
    void leavesOutTheTimeInWhichOtherShardsWereRunAndThisOneWasNot() {
        Events events = Events.of("one");
        store.write(events.shard(0).connected(0).shard(1).connected(0).take());
        store.pulse(Set.of(0, 1), Events.second(100));
        store.write(List.of(sample(Events.second(86_400), Phase.CONNECTED, 7))); // shard 0, a day later

        store.write(events.shard(1)
                .started(90_000)
                .connected(90_010)
                .disconnected(90_020, CLOSED_4000)
                .take());

        assertThat(incidents()).singleElement().satisfies(incident -> assertThat(incident.start())
                .isEqualTo(Events.second(90_020)));
        assertThat(watched(1, 90_100))
                .containsExactly(
                        new Span(Events.second(0), Events.second(100)),
                        new Span(Events.second(90_000), Events.second(90_100)));
    }

    @Test
    void countsTheTimeInWhichNoShardWasConnectedAsDowntimeOfAll() {
        Events events = Events.of("one");
        store.write(events.shard(0).connected(0).shard(1).connected(0).take());
        store.pulse(Set.of(0, 1), Events.second(100));
        store.write(List.of(never(sample(Events.second(86_400), Phase.CONNECTING, 0))));

        store.write(events.shard(0).started(90_000).shard(1).started(90_000).take());

        assertThat(incidents())
                .filteredOn(incident -> incident.shard() == 1)
                .singleElement()
                .satisfies(incident -> assertThat(incident.start()).isEqualTo(Events.second(100)));
        assertThat(watched(1, 90_100)).containsExactly(new Span(Events.second(0), Events.second(90_100)));
    }

    @Test
    void endsTheIncidentOfAShardThatIsNotRunAnyMoreWhenItWasLastSeen() {
        Events events = Events.of("one");
        store.write(events.shard(0)
                .connected(0)
                .shard(1)
                .connected(0)
                .disconnected(10, CLOSED_4000)
                .take());
        store.pulse(Set.of(0, 1), Events.second(100));
        store.retire(Events.second(5_000));
        assertThat(incidents()).singleElement().satisfies(incident -> assertThat(incident.isOpen())
                .isTrue());

        store.write(List.of(sample(Events.second(3_600), Phase.CONNECTED, 7)));
        store.retire(Events.second(5_000));

        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.end()).isEqualTo(Events.second(100));
            assertThat(incident.recovery()).isNull();
        });
        store.write(events.shard(1).started(6_000).take());
        assertThat(watched(1, 6_001))
                .containsExactly(
                        new Span(Events.second(0), Events.second(100)),
                        new Span(Events.second(6_000), Events.second(6_001)));
    }

    @Test
    void takesASampleForASignOfLifeBeforeTheEventsBehindItInTheSameBatch() {
        store.write(Events.of("one").connected(0).list());
        List<HistoryEntry> batch = new ArrayList<>();
        batch.add(sample(Events.second(0), Phase.CONNECTED, 7));
        batch.addAll(Events.of("one").started(400).connected(401).list());

        store.write(batch);

        assertThat(incidents()).singleElement().satisfies(gap -> assertThat(gap.start())
                .isEqualTo(Events.second(60)));
    }

    @Test
    void forgetsShardsThatWereNotSeenForAsLongAsIncidentsAreKept() {
        store.write(Events.of("one").connected(0).shard(1).connected(5_000).list());

        assertThat(store.prune(Tier.INCIDENTS, Events.second(1_000), 10)).isEqualTo(1);

        assertThat(store.shards()).extracting(ShardRecord::shard).containsExactly(1);
    }

    @Test
    void forgetsTheRunsOfTheShardsThatItForgets() {
        store.write(Events.of("one").started(0).shard(1).started(5_000).list());
        try (Database other = database("two")) {
            other.open().write(Events.of("two").shard(2).started(0).list());

            store.prune(Tier.INCIDENTS, Events.second(1_000), 10);

            assertThat(shardsWithARun()).containsExactly(1, 2);
        }
    }

    @Test
    void pulsesNobodyUnlessTold() {
        store.write(Events.of("one").started(0).list());
        store.pulse(Set.of(), Events.second(100));

        assertThat(store.shards()).singleElement().satisfies(shard -> assertThat(shard.lastSeen())
                .isEqualTo(Events.second(0)));
    }

    @Test
    void judgesShardsThatAreLostTogetherTogether() {
        store.write(Events.of("one")
                .connected(0)
                .shard(1)
                .connected(0)
                .shard(2)
                .connected(0)
                .list());
        store.write(Events.of("one")
                .disconnected(10, CLOSED_4000)
                .shard(1)
                .disconnected(12, CLOSED_4000)
                .shard(2)
                .disconnected(13, CLOSED_4000)
                .list());

        assertThat(incidents()).hasSize(3).allSatisfy(incident -> assertThat(
                        incident.verdict().evidence())
                .contains("All 2 other shards were lost at the same time: the cause was common to all."));
    }

    @Test
    void leavesOutBlipsAndFiltersIncidents() {
        Events events = Events.of("one").connected(0);
        events.disconnected(10, CLOSED_4000).resumed(11);
        events.disconnected(20, CLOSED_4000).resumed(60);
        events.disconnected(100, Failure.of(Failure.Kind.NAME_RESOLUTION, "no DNS"))
                .resumed(160);
        events.disconnected(200, Failure.of(Failure.Kind.OPERATOR, "stop"));
        store.write(events.list());
        Duration blip = Duration.ofSeconds(10);
        Instant now = Events.second(300);

        assertThat(store.incidents(query(Set.of(), Set.of(), null, 10), blip, now)
                        .items())
                .extracting(Incident::cause)
                .containsExactly("OPERATOR", "NAME_RESOLUTION", "CLOSED");
        assertThat(store.incidents(query(Set.of("CLOSED"), Set.of(), null, 10), blip, now)
                        .items())
                .hasSize(1);
        assertThat(store.incidents(query(Set.of(), Set.of(Blame.NETWORK), null, 10), blip, now)
                        .items())
                .hasSize(1);
        assertThat(store.incidents(query(Set.of(), Set.of(), null, 10), blip, Events.second(205))
                        .items())
                .hasSize(2);
        Page<Incident> first = store.incidents(query(Set.of(), Set.of(), null, 2), blip, now);
        assertThat(store.incidents(query(Set.of(), Set.of(), first.next(), 2), blip, now)
                        .items())
                .extracting(Incident::cause)
                .containsExactly("CLOSED");
    }

    @Test
    void tellsAnIncidentsTimelineInOrder() {
        Events events = Events.of("one")
                .connected(0)
                .disconnected(10, CLOSED_4000)
                .attempt(10, 1, Recovery.RESUME)
                .resumed(30);
        store.write(events.list());
        store.write(Events.of("one").shard(1).started(15).list());
        store.write(Events.of("one").disconnected(50, CLOSED_4000).list());
        Incident first = incidents().get(1);

        assertThat(store.timeline(first, 100))
                .extracting(StoredEvent::kind)
                .containsExactly(EventKind.DISCONNECTED, EventKind.ATTEMPT_STARTED, EventKind.RESUMED);
        assertThat(store.incident(first.id())).contains(first);
        assertThat(store.incident("nothing")).isEmpty();
    }

    @Test
    void keepsNotesAndMaintenanceWindows() {
        store.write(Events.of("one").connected(0).disconnected(10, CLOSED_4000).list());
        Incident incident = incidents().get(0);
        Note first = new Note("1", incident.id(), Events.second(20), "ann", "looking into it");
        Note second = new Note("2", incident.id(), Events.second(21), "bob", "found it");
        store.add(second, incident);
        store.add(first, incident);
        MaintenanceWindow window = new MaintenanceWindow("m", "one", Events.second(0), Events.second(9), "upgrade");
        store.add(window);

        assertThat(store.notes(incident.id())).containsExactly(first, second);
        assertThat(store.maintenance(Events.second(8), Events.second(10))).containsExactly(window);
        assertThat(store.maintenance(Events.second(9), Events.second(10))).isEmpty();
        assertThat(store.removeMaintenance("m")).isTrue();
        assertThat(store.removeMaintenance("m")).isFalse();
    }

    @Test
    void rollsMinutesUpToHoursAndDaysHoweverOften() {
        List<Sample> minutes = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            minutes.add(sample(Events.START.plus(Duration.ofMinutes(i)), i == 70 ? Phase.STOPPED : Phase.CONNECTED, i));
        }
        store.write(minutes);
        store.write(minutes.subList(0, 3));

        assertThat(samples(Step.MINUTE)).isEqualTo(minutes);
        assertThat(samples(Step.HOUR)).hasSize(2).last().satisfies(hour -> {
            assertThat(hour.at()).isEqualTo(Events.START.plus(Duration.ofHours(1)));
            assertThat(hour.phase()).isEqualTo(Phase.STOPPED);
            assertThat(hour.up()).isEqualTo(Duration.ofMinutes(60));
            assertThat(hour.span()).isEqualTo(Duration.ofMinutes(60));
            assertThat(hour.beats()).isEqualTo(119);
            assertThat(hour.latency()).isBetween(Duration.ofMillis(89), Duration.ofMillis(90));
            assertThat(hour.latencyMax()).isEqualTo(Duration.ofMillis(119));
        });
        assertThat(samples(Step.DAY)).singleElement().satisfies(day -> {
            assertThat(day.at()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
            assertThat(day.span()).isEqualTo(Duration.ofHours(2));
        });
    }

    @Test
    void keepsAnHourAsItWasWhenOnlyAPartOfItsMinutesIsLeft() {
        List<Sample> minutes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            minutes.add(sample(Events.START.plus(Duration.ofMinutes(i)), i == 3 ? Phase.STOPPED : Phase.CONNECTED, 7));
        }
        store.write(minutes);
        List<Sample> hours = samples(Step.HOUR);
        List<Sample> days = samples(Step.DAY);

        store.prune(Tier.MINUTES, Events.START.plus(Duration.ofMinutes(30)), 1_000);
        store.write(minutes.subList(59, 60));

        assertThat(samples(Step.MINUTE)).hasSize(30);
        assertThat(samples(Step.HOUR)).isEqualTo(hours).singleElement().satisfies(hour -> assertThat(hour.phase())
                .isEqualTo(Phase.STOPPED));
        assertThat(samples(Step.DAY)).isEqualTo(days);
    }

    @Test
    void rollsUpMinutesThatTheJournalBringsLateIntoTheirOwnHours() {
        Instant longAgo = Events.START.minus(Duration.ofDays(40));
        store.write(List.of(
                sample(longAgo.plus(Duration.ofMinutes(10)), Phase.CONNECTED, 7),
                sample(Events.START, Phase.CONNECTED, 7)));
        store.write(List.of(sample(longAgo, Phase.STOPPED, 7)));

        assertThat(samples(Step.HOUR)).hasSize(2).first().satisfies(hour -> {
            assertThat(hour.at()).isEqualTo(longAgo);
            assertThat(hour.phase()).isEqualTo(Phase.STOPPED);
            assertThat(hour.span()).isEqualTo(Duration.ofMinutes(2));
        });
        assertThat(samples(Step.DAY)).hasSize(2);
    }

    @Test
    void tellsTheSamplesOfOneShardAndOfAllAsOne() {
        Instant second = Events.START.plus(Duration.ofMinutes(1));
        Sample mine = sample(Events.START, Phase.CONNECTED, 40);
        Sample other = shard(1, sample(Events.START, Phase.RESUMING, 60));
        store.write(List.of(mine, other, sample(second, Phase.CONNECTED, 0)));

        Instant end = second.plusSeconds(1);
        assertThat(store.samplesOf(1, Step.MINUTE, Events.START, end, 10)).containsExactly(other);
        assertThat(store.samplesOf(2, Step.MINUTE, Events.START, end, 10)).isEmpty();
        List<Sample> together = store.samplesTogether(Step.MINUTE, Events.START, end, 10);
        assertThat(together).hasSize(2).extracting(Sample::shardOrAll).containsOnlyNulls();
        assertThat(together.get(0)).satisfies(all -> {
            assertThat(all.at()).isEqualTo(Events.START);
            assertThat(all.phase()).isEqualTo(Phase.RESUMING);
            assertThat(all.span()).isEqualTo(Duration.ofMinutes(2));
            assertThat(all.latency()).isBetween(Duration.ofMillis(46), Duration.ofMillis(47)); // 2 of 40, 1 of 60
            assertThat(all.latencyMax()).isEqualTo(Duration.ofMillis(60));
            assertThat(all.guilds()).isEqualTo(10);
            assertThat(all.users()).isEqualTo(2_500);
        });
        assertThat(together.get(1).latency()).isNull();
        assertThat(store.samplesTogether(Step.MINUTE, Events.START, end, 1)).hasSize(1);
    }

    @Test
    void prunesOldestFirstInBoundedBatchesAndKeepsTheOpenIncident() {
        Events events = Events.of("one")
                .connected(0)
                .disconnected(10, CLOSED_4000)
                .resumed(30)
                .disconnected(40, CLOSED_4000);
        store.write(events.list());
        store.write(List.of(sample(Events.START, Phase.CONNECTED, 1), sample(Events.second(60), Phase.CONNECTED, 1)));
        Incident closed = incidents().get(1);
        store.add(new Note("n", closed.id(), Events.second(20), "ann", "x"), closed);

        assertThat(store.prune(Tier.EVENTS, Events.second(35), 2)).isEqualTo(2);
        assertThat(newest(10)).extracting(StoredEvent::at).containsExactly(Events.second(40), Events.second(30));
        assertThat(store.prune(Tier.EVENTS, Events.second(35), 2)).isEqualTo(1);
        assertThat(store.prune(Tier.MINUTES, Events.second(60), 10)).isEqualTo(1);
        assertThat(store.prune(Tier.INCIDENTS, Events.second(99), 10)).isEqualTo(1);
        assertThat(incidents()).singleElement().satisfies(open -> assertThat(open.isOpen())
                .isTrue());
        assertThat(store.notes(closed.id())).isEmpty();
        assertThat(store.compact()).isFalse();
    }

    private UptimeReport uptime(double now) {
        Instant at = Events.second(now);
        UptimeCalculation calculation =
                new UptimeCalculation("90d", Duration.ofDays(90), at, NO_BLIP, store.shards(), List.of());
        store.losses(at.minus(Duration.ofDays(90)), at, calculation::count);
        return calculation.report();
    }

    /** Of all instances. */
    private List<Integer> shardsWithARun() {
        return store.transact(connection -> Sql.of("SELECT shard_id FROM shard_run ORDER BY shard_id")
                .list(connection, row -> (int) row.number("shard_id")));
    }

    private List<Span> watched(int shard, double now) {
        return store.shards().stream()
                .filter(record -> record.shard() == shard)
                .flatMap(record -> record.watched(Events.second(now)).stream())
                .toList();
    }

    private List<StoredEvent> newest(int limit) {
        return store.events(new EventQuery(null, null, null, Set.of(), null, limit))
                .items();
    }

    private List<Incident> incidents() {
        return store.incidents(query(Set.of(), Set.of(), null, 100), NO_BLIP, Events.second(100_000))
                .items();
    }

    private List<Sample> samples(Step step) {
        return store.samples(step, Instant.EPOCH, Events.START.plus(Duration.ofDays(2)), 1_000);
    }

    private static IncidentQuery query(Set<String> causes, Set<Blame> blames, Position after, int limit) {
        return new IncidentQuery(null, null, null, causes, blames, after, limit);
    }

    private static Sample sample(Instant at, Phase phase, int millis) {
        Duration latency = millis == 0 ? null : Duration.ofMillis(millis);
        int beats = millis == 0 ? 0 : millis == 60 ? 1 : 2;
        return new Sample(
                "one",
                0,
                Step.MINUTE,
                at,
                phase,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                latency,
                latency,
                beats,
                5,
                1250);
    }

    private static Sample shard(int shard, Sample sample) {
        return of(shard, sample.up(), sample);
    }

    private static Sample never(Sample sample) {
        return of(sample.shard(), Duration.ZERO, sample);
    }

    private static Sample of(int shard, Duration up, Sample sample) {
        return new Sample(
                sample.instance(),
                shard,
                sample.step(),
                sample.at(),
                sample.phase(),
                up,
                sample.span(),
                sample.latency(),
                sample.latencyMax(),
                sample.beats(),
                sample.guilds(),
                sample.users());
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }
}
