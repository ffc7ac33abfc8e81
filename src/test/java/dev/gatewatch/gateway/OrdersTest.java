package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Orders that change the fleet, above all two at the same moment. */
class OrdersTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Orders orders = new Orders(Schedulers.immediate(), time);
    private final List<String> carriedOut = new ArrayList<>();

    @Test
    void anOrderBeginsWhenTheOneBeforeHasEndedAlsoWhereThatTakesTime() {
        Sinks.Empty<Void> oldFleetStopped = Sinks.empty();
        orders.give(oldFleetStopped.asMono().then(note("first"))).subscribe();
        orders.give(note("second")).subscribe();
        assertThat(carriedOut).isEmpty();

        oldFleetStopped.tryEmitEmpty().orThrow();

        assertThat(carriedOut).containsExactly("first", "second");
    }

    @Test
    void anOrderIsCarriedOutThoughNobodyWaitsForItAnyMore() {
        Sinks.Empty<Void> oldFleetStopped = Sinks.empty();
        orders.give(oldFleetStopped.asMono().then(note("order"))).subscribe().dispose();

        oldFleetStopped.tryEmitEmpty().orThrow();

        assertThat(carriedOut).containsExactly("order");
    }

    @Test
    void anOrderThatFailsTellsItsGiverAndHoldsUpNobody() {
        Mono<Void> failing = orders.give(Mono.error(new IllegalStateException("no")));

        assertThatThrownBy(failing::block).hasMessage("no");
        orders.give(note("next")).block();

        assertThat(carriedOut).containsExactly("next");
    }

    @Test
    void anOrderThatDoesNotEndIsGivenUp() {
        List<Throwable> told = new ArrayList<>();
        orders.give(Mono.never()).subscribe(nothing -> {}, told::add);
        orders.give(note("next")).subscribe();

        time.advanceTimeBy(Orders.PATIENCE);

        assertThat(told).singleElement().isInstanceOf(TimeoutException.class);
        assertThat(carriedOut).containsExactly("next");
    }

    @Test
    void nothingIsCarriedOutAfterTheLast() {
        orders.giveLast(note("last")).block();

        assertThatThrownBy(orders.give(note("late"))::block).isInstanceOf(GatewayCommands.Refused.class);
        assertThat(carriedOut).containsExactly("last");
    }

    private Mono<Void> note(String order) {
        return Mono.fromRunnable(() -> carriedOut.add(order));
    }
}
