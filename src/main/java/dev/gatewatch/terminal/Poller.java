package dev.gatewatch.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks the server every interval, at once when told to, and after a failure at growing distances until it answers. One thread of
 * its own runs it.
 */
final class Poller implements Runnable {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Server server;
    private final Duration interval;
    private final Consumer<Update> news;
    private final Semaphore wishes = new Semaphore(0);
    private final Object answers = new Object();
    private boolean answering;

    Poller(Server server, Duration interval, Consumer<Update> news) {
        this.server = server;
        this.interval = interval;
        this.news = news;
    }

    /** Asks now instead of later. */
    void ask() {
        wishes.release();
    }

    /** Waits until the server's last word was an answer: who else asks it keeps to the pauses between attempts that are told. */
    void awaitAnswer() throws InterruptedException {
        synchronized (answers) {
            while (!answering) {
                answers.wait();
            }
        }
    }

    @Override
    public void run() {
        Duration pause = FIRST_PAUSE;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Reading reading = server.status();
                news.accept(new Update.StatusRead(reading, server.database(), Instant.now()));
                answering(true);
                past();
                pause = FIRST_PAUSE;
                rest(interval);
            } catch (NoAnswerException e) {
                answering(false);
                Instant now = Instant.now();
                news.accept(new Update.Failed(e.trouble(), now, now.plus(pause)));
                rest(pause);
                pause = shorter(pause.multipliedBy(2), interval);
            }
        }
    }

    private void answering(boolean now) {
        synchronized (answers) {
            answering = now;
            answers.notifyAll();
        }
    }

    private void past() {
        try {
            Optional<Past> past = Past.read(server, Instant.now());
            news.accept(new Update.PastRead(past.orElse(null)));
        } catch (NoAnswerException e) {
            news.accept(new Update.PastFailed(e.trouble()));
        }
    }

    private void rest(Duration pause) {
        try {
            wishes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            wishes.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
