package dev.gatewatch.alert;

import dev.gatewatch.alert.Delivery.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Targets for virtual time, each of which behaves as it is told; remembers every attempt. */
final class FakeSender implements Sender {

    /** Every attempt: {@code <seconds> <target> <message id>}. */
    final List<String> attempts = new ArrayList<>();

    /** Every message that was taken, by target. */
    final Map<String, List<AlertMessage>> delivered = new HashMap<>();

    private final Map<String, Supplier<Mono<Delivery>>> behaviours = new HashMap<>();
    private final Scheduler scheduler;
    private final long begin;

    FakeSender(Scheduler scheduler) {
        this.scheduler = scheduler;
        begin = scheduler.now(TimeUnit.SECONDS);
    }

    @Override
    public Mono<Delivery> send(Target target, AlertMessage message) {
        return Mono.defer(() -> {
            attempts.add(scheduler.now(TimeUnit.SECONDS) - begin + " " + target.name() + " " + message.id());
            return behaviours
                    .getOrDefault(target.name(), () -> outcome(Outcome.DELIVERED, null))
                    .get()
                    .map(delivery -> {
                        if (delivery.outcome() == Outcome.DELIVERED) {
                            delivered
                                    .computeIfAbsent(target.name(), name -> new ArrayList<>())
                                    .add(message);
                        }
                        return delivery;
                    });
        });
    }

    FakeSender works(String target) {
        behaviours.remove(target);
        return this;
    }

    FakeSender answers(String target, Outcome outcome) {
        behaviours.put(target, () -> outcome(outcome, null));
        return this;
    }

    FakeSender throwing(String target, RuntimeException failure) {
        behaviours.put(target, () -> Mono.error(failure));
        return this;
    }

    FakeSender asksForPause(String target, Duration pause) {
        behaviours.put(target, () -> outcome(Outcome.RETRIED, pause));
        return this;
    }

    FakeSender hangs(String target, Duration deadline) {
        behaviours.put(target, () -> outcome(Outcome.RETRIED, null).delayElement(deadline, scheduler));
        return this;
    }

    List<String> ids(String target) {
        return delivered.getOrDefault(target, List.of()).stream()
                .map(AlertMessage::id)
                .toList();
    }

    private static Mono<Delivery> outcome(Outcome outcome, Duration pause) {
        return Mono.just(new Delivery(outcome, 200, "did so", pause));
    }
}
