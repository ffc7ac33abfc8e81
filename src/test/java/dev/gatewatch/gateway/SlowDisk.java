package dev.gatewatch.gateway;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The files' thread, on which nothing goes on before {@link #goOn}. */
final class SlowDisk implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final Scheduler scheduler = Schedulers.newSingle("slow-disk");
    private final CountDownLatch going = new CountDownLatch(1);

    SlowDisk() {
        scheduler.schedule(() -> {
            try {
                going.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void goOn() {
        going.countDown();
    }

    @Override
    public void close() {
        scheduler.dispose();
    }
}
