package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class IdentifyGateTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final IdentifyGate gate = new IdentifyGate(() -> 2, time);
    private final List<IdentifyGate.Turn> turns = new ArrayList<>();

    @Test
    void theNextTurnOfABucketBeginsAfterTheSpacing() {
        take(0).spent();
        wait(2);

        time.advanceTimeBy(IdentifyGate.SPACING.minusNanos(1));
        assertThat(turns).hasSize(1);
        time.advanceTimeBy(Duration.ofNanos(1));
        assertThat(turns).hasSize(2);
    }

    @Test
    void bucketsDoNotWaitForEachOther() {
        take(0);

        take(1);
    }

    @Test
    void aTurnThatWasNotUsedIsTheNextOnesAtOnce() {
        IdentifyGate.Turn first = take(0);
        wait(2);
        assertThat(turns).hasSize(1);

        first.release();

        assertThat(turns).hasSize(2);
    }

    @Test
    void whoCameFirstIsServedFirst() {
        IdentifyGate.Turn first = take(0);
        List<Integer> served = new ArrayList<>();
        gate.turn(2).subscribe(turn -> served.add(2));
        gate.turn(4).subscribe(turn -> served.add(4));

        first.release();

        assertThat(served).containsExactly(2);
    }

    @Test
    void aTurnCountsOnce() {
        IdentifyGate.Turn first = take(0);
        first.release();
        IdentifyGate.Turn second = take(2);

        first.spent();
        first.release();
        wait(4);

        assertThat(turns).as("the second still has it").hasSize(2);
        second.release();
        assertThat(turns).hasSize(3);
    }

    @Test
    void whoLeavesTheLineIsPassedOver() {
        IdentifyGate.Turn first = take(0);
        gate.turn(2).subscribe(turns::add).dispose();
        wait(4);

        first.release();

        assertThat(turns).hasSize(2);
    }

    @Test
    void aTakerThatIsCancelledGivesTheTurnBack() {
        Disposable taker = gate.turn(0)
                .flatMap(turn -> {
                    turns.add(turn);
                    return Mono.never();
                })
                .subscribe();
        wait(2);
        assertThat(turns).hasSize(1);

        taker.dispose();

        assertThat(turns).hasSize(2);
    }

    @Test
    void saysForHowLongATurnIsHeldUpOnlyWhileOthersWait() {
        IdentifyGate.Turn first = take(0);
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(gate.heldUp()).isZero();

        wait(2);
        assertThat(gate.heldUp()).isEqualTo(Duration.ofMinutes(1));

        first.release();
        assertThat(gate.heldUp()).isZero();
    }

    /** The turn is handed over on one thread while its taker is cancelled on another. */
    @Test
    void noTurnIsLostWhenACancelMeetsTheHandOver() throws Exception {
        IdentifyGate real = new IdentifyGate(() -> 1, Schedulers.parallel());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 5_000; i++) {
                IdentifyGate.Turn held = real.turn(0).block(PATIENCE);
                Disposable taker = real.turn(0).subscribe(IdentifyGate.Turn::release);
                CyclicBarrier together = new CyclicBarrier(2);
                var handOver = threads.submit(() -> {
                    together.await();
                    held.release();
                    return null;
                });
                var cancel = threads.submit(() -> {
                    together.await();
                    taker.dispose();
                    return null;
                });
                handOver.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                cancel.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

                IdentifyGate.Turn next =
                        real.turn(0).timeout(Duration.ofSeconds(10)).block();
                assertThat(next).as("round %d", i).isNotNull();
                next.release();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private IdentifyGate.Turn take(int shard) {
        int before = turns.size();
        wait(shard);
        assertThat(turns).hasSize(before + 1);
        return turns.get(before);
    }

    private void wait(int shard) {
        gate.turn(shard).subscribe(turns::add);
    }
}
