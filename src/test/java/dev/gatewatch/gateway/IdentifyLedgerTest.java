package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewatch.connection.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class IdentifyLedgerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RESERVE = 50;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<IdentifyLedger.Account> saved = new ArrayList<>();
    private final IdentifyLedger ledger =
            new IdentifyLedger(() -> now, RESERVE, IdentifyLedger.Account.NEW, saved::add);

    @Test
    void whatIsSetAsideIsNotThereForOthers() {
        left(RESERVE + 1);
        IdentifyLedger.Reservation first = ledger.reserve();

        assertThat(ledger.refusal()).isPresent();
        assertThatThrownBy(ledger::reserve).isInstanceOfSatisfying(ConnectionEnded.class, refused -> assertThat(
                        refused.failure().kind())
                .isEqualTo(Failure.Kind.BUDGET));

        first.giveBack();
        assertThat(ledger.refusal()).isEmpty();
    }

    @Test
    void whatIsSetAsideCountsAsSpentOnlyWhenItIs() {
        left(RESERVE + 2);
        IdentifyLedger.Reservation first = ledger.reserve();
        assertThat(ledger.budget().remaining()).isEqualTo(RESERVE + 2);

        assertThat(first.spent()).isTrue();

        assertThat(ledger.budget().remaining()).isEqualTo(RESERVE + 1);
        assertThat(saved.get(saved.size() - 1).spent()).hasSize(1);
    }

    @Test
    void aReservationIsOverOnce() {
        left(RESERVE + 2);
        IdentifyLedger.Reservation first = ledger.reserve();
        assertThat(first.spent()).isTrue();
        assertThat(first.spent()).isFalse();
        first.giveBack();
        first.giveBack();
        assertThat(ledger.budget().remaining()).isEqualTo(RESERVE + 1);

        IdentifyLedger.Reservation second = ledger.reserve();
        second.giveBack();
        assertThat(second.spent()).isFalse();
        assertThat(ledger.budget().remaining()).isEqualTo(RESERVE + 1);
        ledger.reserve();
        assertThat(ledger.refusal()).isPresent();
    }

    @Test
    void whatIsSetAsideIsNotThereAfterTheResetEither() {
        left(0);
        now = now.plus(Duration.ofHours(25));
        for (int i = 0; i < 1_000 - RESERVE; i++) {
            ledger.reserve();
        }

        assertThat(ledger.refusal()).isPresent();
    }

    @Test
    void believesTheMorePessimisticOfTheTwoAccounts() {
        left(900);
        spend(10);
        left(1_000);

        assertThat(ledger.budget().remaining()).isEqualTo(990);
    }

    /** The clock moves on meanwhile, so that it cannot tell that one was spent after the request. */
    @Test
    void anIdentifySentWhileTheAnswerIsUnderWayIsNotForgotten() {
        Consumer<GatewayBot> answered = ledger.asked();
        spend(1);
        now = now.plusSeconds(1);
        answered.accept(answer(RESERVE + 1));

        assertThat(ledger.budget().remaining()).isEqualTo(RESERVE);
        assertThat(ledger.refusal()).isPresent();
    }

    @Test
    void anIdentifyAfterTheAnswerCountsThoughTheClockWasSetBack() {
        left(RESERVE + 1);
        now = now.minusSeconds(60);
        spend(1);

        assertThat(ledger.refusal()).isPresent();
    }

    @Test
    void waitsUntilTheReset() {
        left(RESERVE);

        Failure refusal = ledger.refusal().orElseThrow();

        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofHours(3));
        assertThat(refusal.message()).contains("50 of 1000 IDENTIFYs are left");
    }

    @Test
    void goesOnFromTheAccountBefore() {
        spend(3);
        IdentifyLedger again = new IdentifyLedger(() -> now, RESERVE, saved.get(saved.size() - 1), account -> {});

        assertThat(again.budget().remaining()).isEqualTo(997);
    }

    /**
     * Sixteen buckets on many threads, one IDENTIFY above the reserve, and attempts that end before they send. More shards than buckets wait out the
     * spacing once.
     */
    @ParameterizedTest
    @CsvSource({"16, 50", "64, 1"})
    void ofManyShardsAtOnceOnlyAsManySendAsTheReserveAllows(int shards, int rounds) {
        for (int round = 0; round < rounds; round++) {
            left(RESERVE + 1);
            AtomicInteger sent = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            AtomicInteger holders = new AtomicInteger();
            Scheduler threads = Schedulers.newParallel("shards", 8, true);
            try {
                IdentifyGate gate = new IdentifyGate(() -> 16, threads);
                Flux.range(0, shards)
                        .flatMap(
                                shard -> IdentifyPermit.with(
                                                gate,
                                                ledger,
                                                shard,
                                                Mono.empty(),
                                                permit -> Mono.fromRunnable(() -> {
                                                    most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                                                    if (shard % 4 == 3 && permit.spend()) {
                                                        sent.incrementAndGet();
                                                    }
                                                    holders.decrementAndGet();
                                                }))
                                        .onErrorResume(ConnectionEnded.class, refused -> Mono.empty())
                                        .subscribeOn(threads),
                                shards)
                        .blockLast(PATIENCE);
            } finally {
                threads.dispose();
            }

            assertThat(sent.get()).isLessThanOrEqualTo(1);
            assertThat(most.get()).as("at the same time").isEqualTo(1);
            assertThat(ledger.budget().remaining()).isGreaterThanOrEqualTo(RESERVE);
            now = now.plus(Duration.ofDays(2));
        }
    }

    @Test
    void nothingStaysSetAsideWhenAttemptsAreCancelledAtAnyMoment() {
        Scheduler threads = Schedulers.newParallel("shards", 4, true);
        try {
            IdentifyGate gate = new IdentifyGate(() -> 16, threads);
            left(RESERVE + 64);
            for (int round = 0; round < 200; round++) {
                List<Disposable> attempts = Flux.range(0, 16)
                        .map(shard -> IdentifyPermit.with(gate, ledger, shard, Mono.empty(), permit -> Mono.never())
                                .subscribeOn(threads)
                                .subscribe())
                        .collectList()
                        .block(PATIENCE);
                Flux.fromIterable(attempts)
                        .flatMap(attempt ->
                                Mono.<Void>fromRunnable(attempt::dispose).subscribeOn(threads))
                        .blockLast(PATIENCE);
            }
            Flux.range(0, 16)
                    .flatMap(shard -> gate.turn(shard).timeout(PATIENCE).doOnNext(IdentifyGate.Turn::release))
                    .blockLast(PATIENCE);
        } finally {
            threads.dispose();
        }

        for (int i = 0; i < 64; i++) {
            ledger.reserve();
        }
        assertThat(ledger.refusal()).isPresent();
    }

    private void left(int remaining) {
        ledger.asked().accept(answer(remaining));
    }

    private static GatewayBot answer(int remaining) {
        return new GatewayBot("ws://gateway", 1, 1_000, remaining, Duration.ofHours(3), 16);
    }

    private void spend(int count) {
        for (int i = 0; i < count; i++) {
            ledger.reserve().spent();
        }
    }
}
