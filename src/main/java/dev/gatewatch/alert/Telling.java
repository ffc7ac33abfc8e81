package dev.gatewatch.alert;

import dev.gatewatch.alert.Delivery.Outcome;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Tells one word at a time: that all is well, or that it is not. Each word has three attempts. */
final class Telling {

    private static final int ATTEMPTS = 3;

    /** Before the second attempt, and twice as long before the third. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Function<Boolean, Mono<Delivery>> ping;
    private final Consumer<Delivery> ended;
    private final Consumer<Throwable> failed;
    private final Scheduler clock;
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean word;

    Telling(
            Function<Boolean, Mono<Delivery>> ping,
            Consumer<Delivery> ended,
            Consumer<Throwable> failed,
            Scheduler clock) {
        this.ping = ping;
        this.ended = ended;
        this.failed = failed;
        this.clock = clock;
    }

    /** Another word ends what is still tried. The same word lets it go on: a monitor that looks often must not hide a failure. */
    void tell(boolean well) {
        Disposable before = running.get();
        if (before != null && !before.isDisposed() && word == well) {
            return;
        }
        word = well;
        running.update(attempt(1, Mono.defer(() -> ping.apply(well))).subscribe(ended, failed));
    }

    void close() {
        running.dispose();
    }

    /** Completes with the answer of the last attempt. */
    private Mono<Delivery> attempt(int number, Mono<Delivery> one) {
        return one.flatMap(delivery -> delivery.outcome() != Outcome.RETRIED || number == ATTEMPTS
                ? Mono.just(delivery)
                : Mono.delay(PAUSE.multipliedBy(number), clock).then(attempt(number + 1, one)));
    }
}
