package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.alert.Delivery.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** How often a ping is tried, and when, in virtual time. */
class DeadManTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<Long> pings = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void triesAgainAfterAPauseEachLongerThanTheOneBefore() {
        ping(Outcome.RETRIED, "answered HTTP 503");
        time.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(pings).containsExactly(0L, 5L, 15L);
        assertThat(told).containsExactly("RETRIED answered HTTP 503");
    }

    @Test
    void pingsOnceWhereThatIsEnough() {
        ping(Outcome.DELIVERED, "delivered");
        time.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(pings).containsExactly(0L);
        assertThat(told).containsExactly("DELIVERED delivered");
    }

    private void ping(Outcome outcome, String words) {
        long begin = time.now(TimeUnit.SECONDS);
        Mono<Delivery> ping = Mono.fromSupplier(() -> {
            pings.add(time.now(TimeUnit.SECONDS) - begin);
            return Delivery.of(outcome, null, words);
        });
        DeadMan.patiently(ping, time).subscribe(delivery -> told.add(delivery.outcome() + " " + delivery.words()));
    }
}
