package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.alert.Delivery.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/** One request to a real socket that behaves well, or does not. */
class WebhookSenderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "a secret of quite some length";

    private final Receiver receiver = new Receiver();
    private final WebhookSender patient = sender(PATIENCE);
    private final WebhookSender hasty = sender(Duration.ofMillis(500));

    @AfterEach
    void close() {
        receiver.close();
        patient.close();
        hasty.close();
    }

    @Test
    void signsWhatGoesToAJsonTargetForThisMoment() {
        Instant begin = Instant.now();

        assertThat(send(patient, "json", "/hook").outcome()).isEqualTo(Outcome.DELIVERED);

        Receiver.Request request = receiver.requests().get(0);
        Instant timestamp =
                Instant.ofEpochSecond(Long.parseLong(request.headers().get("webhook-timestamp")));
        assertThat(timestamp).isBetween(begin.minusSeconds(1), Instant.now());
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hook");
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("idempotency-key", "01A")
                .containsEntry("webhook-id", "01A")
                .containsEntry("webhook-signature", Signature.with(SECRET).of("01A", timestamp, request.body()));
        assertThat(AlertJson.read(request.body())).isEqualTo(Messages.message("01A"));
    }

    @Test
    void asksForAHostWithAnUnderscoreByItsName() {
        Delivery delivery = patient.send(
                        AlertTargets.parse("json:http://alert_relay.invalid:9/hook")
                                .list()
                                .get(0),
                        Messages.message("01A"))
                .block(PATIENCE);

        assertThat(delivery.words()).isEqualTo("its name could not be resolved");
    }

    @Test
    void asksDiscordToAnswerOnlyWhenItIsSaved() {
        send(patient, "discord", "/api/webhooks/1/x?thread_id=5");
        send(patient, "discord", "/api/webhooks/1/x");

        assertThat(receiver.requests())
                .extracting(Receiver.Request::path)
                .containsExactly("/api/webhooks/1/x?thread_id=5&wait=true", "/api/webhooks/1/x?wait=true");
        assertThat(receiver.requests().get(0).headers())
                .containsEntry("idempotency-key", "01A")
                .doesNotContainKey("webhook-signature");
    }

    @Test
    void waitsForNoTargetLongerThanTheDeadline() {
        receiver.always(Receiver.hang());

        Delivery delivery = send(hasty, "json", "/secret-path");

        assertThat(delivery.outcome()).isEqualTo(Outcome.RETRIED);
        assertThat(delivery.words()).isEqualTo("did not answer within 500 ms").doesNotContain("secret-path");
    }

    @Test
    void takesAnEndWithoutAnAnswerForTrouble() {
        receiver.first(Receiver.halfClose(), Receiver.reset());

        assertThat(send(patient, "json", "/hook").outcome()).isEqualTo(Outcome.RETRIED);
        assertThat(send(patient, "json", "/hook").outcome()).isEqualTo(Outcome.RETRIED);
        assertThat(receiver.requests()).hasSize(2); // and nobody sent it again behind our back
    }

    @Test
    void takesAGoodHeadForDeliveredHoweverSlowTheBody() {
        receiver.always(Receiver.drip(200));

        assertThat(send(patient, "slack", "/hook").outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void givesUpOnABodyThatNeverEnds() {
        receiver.always(Receiver.drip(429));

        assertThat(send(hasty, "slack", "/hook").outcome()).isEqualTo(Outcome.RETRIED);
    }

    @Test
    void readsDiscordsWaitFromTheBody() {
        receiver.always(Receiver.body(429, "{\"message\":\"x\",\"retry_after\":2.5,\"global\":false}"));

        assertThat(send(patient, "discord", "/api/webhooks/1/x").retryAfter()).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void readsNoMoreThanTheBeginningOfALargeBody() {
        receiver.always(Receiver.body(429, "x".repeat(5_000_000), "Retry-After: 3"));

        assertThat(send(patient, "slack", "/hook").retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void followsNoRedirectWithItsSecrets() {
        try (Receiver elsewhere = new Receiver()) {
            receiver.always(Receiver.status(307, "Location: " + elsewhere.url("/stolen")));

            assertThat(send(patient, "json", "/hook").outcome()).isEqualTo(Outcome.GONE);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void saysThatNobodyListensWithoutTheUrl() {
        receiver.close();

        Delivery delivery = send(patient, "json", "/secret-path");

        assertThat(delivery.outcome()).isEqualTo(Outcome.RETRIED);
        assertThat(delivery.words()).isEqualTo("could not be connected to");
    }

    @Test
    void saysThatANameCannotBeResolved() {
        Target nowhere = new Target("json-1", Target.Kind.JSON, URI.create("http://nowhere.invalid/hook"));

        Delivery delivery = patient.send(nowhere, Messages.message("01A")).block(PATIENCE);

        assertThat(delivery.outcome()).isEqualTo(Outcome.RETRIED);
        assertThat(delivery.words()).isEqualTo("its name could not be resolved");
    }

    @Test
    void pingsWithAGet() {
        assertThat(patient.ping(receiver.url("/ping/1")).block(PATIENCE).outcome())
                .isEqualTo(Outcome.DELIVERED);

        assertThat(receiver.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.path()).isEqualTo("/ping/1");
        });
    }

    private Delivery send(WebhookSender sender, String kind, String path) {
        Target target =
                AlertTargets.parse(kind + ":" + receiver.url(path)).list().get(0);
        return sender.send(target, Messages.message("01A")).block(PATIENCE);
    }

    private static WebhookSender sender(Duration deadline) {
        return new WebhookSender(Signature.with(SECRET), deadline, Schedulers.parallel());
    }
}
