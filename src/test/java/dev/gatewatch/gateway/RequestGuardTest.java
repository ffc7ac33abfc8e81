package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class RequestGuardTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final InvalidRequests refused = new InvalidRequests(time);
    private final RequestGuard guard = new RequestGuard(refused, Traffic.UNMEASURED);

    @Test
    void letsRequestsThroughAtOnce() {
        answer(200, 100_000);

        StepVerifier.create(guard.admission()).verifyComplete();
    }

    @Test
    void slowsDownLongBeforeDiscordsLimit() {
        answer(429, RequestGuard.SLOW_FROM);

        StepVerifier.create(guard.admission())
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMillis(999)))
                .expectNoEvent(Duration.ofMillis(50))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .verifyComplete();
    }

    @Test
    void stopsLongBeforeDiscordsLimitUntilTheRefusalsAreOld() {
        answer(403, RequestGuard.STOP_AT);
        time.advanceTimeBy(Duration.ofMinutes(4));

        StepVerifier.create(guard.admission()).verifyErrorSatisfies(error -> assertThat(
                        ((ConnectionEnded) error).failure().retryAfter())
                .isEqualTo(Duration.ofMinutes(6)));

        time.advanceTimeBy(Duration.ofMinutes(7));
        StepVerifier.create(guard.admission()).verifyComplete();
    }

    @Test
    void anotherFleetGoesOnWithTheCountOfTheOneBefore() {
        answer(403, RequestGuard.STOP_AT);

        RequestGuard next = new RequestGuard(refused, Traffic.UNMEASURED);

        StepVerifier.create(next.admission()).verifyError(ConnectionEnded.class);
    }

    @Test
    void aTokenThatWasRefusedClosesNoOtherFleet() {
        guard.close(Failure.http(401, "Discord does not accept the token (HTTP 401)", null));

        StepVerifier.create(new RequestGuard(refused, Traffic.UNMEASURED).admission())
                .verifyComplete();
    }

    @Test
    void letsNothingThroughOnceTheTokenIsRefused() {
        Failure refused = Failure.http(401, "Discord does not accept the token (HTTP 401)", null);
        guard.close(refused);

        StepVerifier.create(guard.admission())
                .verifyErrorSatisfies(
                        error -> assertThat(((ConnectionEnded) error).failure()).isEqualTo(refused));
    }

    private void answer(int status, int times) {
        for (int i = 0; i < times; i++) {
            guard.answered(status);
        }
    }
}
