package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class DroppingSchedulerTest {

    @Test
    void runsTasksAsTheSchedulerItWraps() {
        Scheduler scheduler = new DroppingScheduler(Schedulers.newParallel("dropping", 1, true));
        try {
            StepVerifier.create(Flux.interval(Duration.ofMillis(1), scheduler)
                            .take(3)
                            .onBackpressureBuffer()
                            .publishOn(scheduler)
                            .concatWith(Mono.delay(Duration.ofMillis(1), scheduler)))
                    .expectNext(0L, 1L, 2L, 0L)
                    .verifyComplete();
        } finally {
            scheduler.dispose();
        }
    }

    @Test
    void dropsTasksOnceDisposedAndRaisesNothing() {
        Scheduler scheduler = new DroppingScheduler(Schedulers.newParallel("dropping", 1, true));
        Scheduler.Worker worker = scheduler.createWorker();
        scheduler.dispose();

        assertThat(scheduler.isDisposed()).isTrue();
        assertThat(scheduler.schedule(() -> {}).isDisposed()).isTrue();
        assertThat(scheduler.schedule(() -> {}, 1, TimeUnit.SECONDS).isDisposed())
                .isTrue();
        assertThat(scheduler
                        .schedulePeriodically(() -> {}, 1, 1, TimeUnit.SECONDS)
                        .isDisposed())
                .isTrue();
        assertThat(worker.schedule(() -> {}).isDisposed()).isTrue();
        StepVerifier.create(Mono.delay(Duration.ZERO, scheduler))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify();
    }

    @Test
    void leavesTheRefusalOfAFullQueueToTheCaller() throws InterruptedException {
        Scheduler scheduler = new DroppingScheduler(Schedulers.newBoundedElastic(1, 1, "dropping", 60, true));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try {
            scheduler.schedule(() -> {
                begun.countDown();
                await(end);
            });
            begun.await();
            scheduler.schedule(() -> {});

            assertThatThrownBy(() -> scheduler.schedule(() -> {})).isInstanceOf(RejectedExecutionException.class);
        } finally {
            end.countDown();
            scheduler.dispose();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
