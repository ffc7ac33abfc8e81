package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.alert.Delivery.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** How often a ping is tried, and when, in virtual time. */
class TellingTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> pings = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Telling telling = new Telling(
            this::ping,
            delivery -> told.add(time.now(TimeUnit.SECONDS) + " " + delivery.words()),
            error -> told.add(error.toString()),
            time);
    private Mono<Delivery> answer = answered(Outcome.RETRIED, "answered HTTP 503");

    @AfterEach
    void close() {
        telling.close();
    }

    @Test
    void triesAgainAfterAPauseEachLongerThanTheOneBefore() {
        telling.tell(true);
        time.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(pings).containsExactly("0 well", "5 well", "15 well");
        assertThat(told).containsExactly("15 answered HTTP 503");
    }

    @Test
    void pingsOnceWhereThatIsEnough() {
        answer = answered(Outcome.DELIVERED, "delivered");
        telling.tell(true);
        time.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(pings).containsExactly("0 well");
        assertThat(told).containsExactly("0 delivered");
    }

    @Test
    void tellsThatItFailsHoweverOftenTheMonitorLooks() {
        lookEachSecond(20);

        assertThat(told).containsExactly("15 answered HTTP 503");
    }

    @Test
    void tellsThatNobodyAnswersHoweverOftenTheMonitorLooks() {
        answer = answered(Outcome.RETRIED, "no answer").delaySubscription(TIMEOUT, time);
        lookEachSecond(65);

        assertThat(told).containsExactly("60 no answer");
    }

    @Test
    void givesUpAWordAsSoonAsTheOtherIsTrue() {
        telling.tell(true);
        time.advanceTimeBy(Duration.ofSeconds(2));
        telling.tell(false);
        time.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(pings).containsExactly("0 well", "2 not well", "7 not well", "17 not well");
        assertThat(told).containsExactly("17 answered HTTP 503");
    }

    private void lookEachSecond(int seconds) {
        for (int i = 0; i < seconds; i++) {
            telling.tell(true);
            time.advanceTimeBy(Duration.ofSeconds(1));
        }
    }

    private Mono<Delivery> ping(boolean well) {
        pings.add(time.now(TimeUnit.SECONDS) + (well ? " well" : " not well"));
        return answer;
    }

    private static Mono<Delivery> answered(Outcome outcome, String words) {
        return Mono.fromSupplier(() -> Delivery.of(outcome, null, words));
    }
}
