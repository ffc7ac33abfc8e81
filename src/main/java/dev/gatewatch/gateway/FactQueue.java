package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * What one supervisor tells, in its order: at once, or, while a lost connection is being resumed, when that is done.
 *
 * <p>A fact has many readers, and all they do (a transaction, log lines, alerts) would take the processor from the very resume that it tells
 * of. So they hear of it when it is over, and {@link #MOST_DELAY} late at most. Times in facts are those of what happened. Used on the
 * scheduler's thread only.
 */
final class FactQueue {

    /** How late a fact may be told. */
    static final Duration MOST_DELAY = Duration.ofMillis(50);

    private final ConnectionEvents events;
    private final Scheduler scheduler;
    private final Queue<ConnectionEvent> held = new ArrayDeque<>();
    private final Disposable.Swap timer = Disposables.swap();
    private boolean holding;

    FactQueue(ConnectionEvents events, Scheduler scheduler) {
        this.events = events;
        this.scheduler = scheduler;
    }

    /** Tells a fact, now or when those before it are told. */
    void publish(ConnectionEvent event) {
        if (holding) {
            held.add(event);
        } else {
            events.publish(event);
        }
    }

    /** Keeps facts back from now on, until {@link #release} or for {@link #MOST_DELAY}. */
    void hold() {
        if (!holding) {
            holding = true;
            timer.update(scheduler.schedule(this::release, MOST_DELAY.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    /** Tells everything that was kept back. */
    void release() {
        if (holding) {
            holding = false;
            timer.update(Disposables.disposed());
            for (ConnectionEvent event = held.poll(); event != null; event = held.poll()) {
                events.publish(event);
            }
        }
    }
}
