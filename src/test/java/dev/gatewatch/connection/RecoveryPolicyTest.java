package dev.gatewatch.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure.Kind;
import dev.gatewatch.connection.RecoveryPolicy.Standing;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryPolicyTest {

    private static final Duration ALIVE = Duration.ofMillis(1_500);
    private static final Standing HEALTHY =
            new Standing(0, 0, ALIVE, 0, true, true, 0, Recovery.IDENTIFY, Endpoint.GATEWAY_URL);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final RecoveryPolicy policy =
            new RecoveryPolicy(new Backoff(Duration.ofSeconds(5), LONGEST, () -> 0.0), 10);

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1006, 1012, 4000, 4001, 4002, 4003, 4005, 4008, 4999})
    void resumesAtOnceAfterACloseThatKeepsTheSession(int code) {
        Plan plan = policy.plan(Failure.closed(code, ""), HEALTHY);

        assertThat(plan.recovery()).isEqualTo(Recovery.RESUME);
        assertThat(plan.endpoint()).isEqualTo(Endpoint.RESUME_URL);
        assertThat(plan.delay()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {4007, 4009})
    void identifiesAfterACloseThatEndsTheSession(int code) {
        Plan plan = policy.plan(Failure.closed(code, ""), HEALTHY);

        assertThat(plan.recovery()).isEqualTo(Recovery.IDENTIFY);
        assertThat(plan.endpoint()).isEqualTo(Endpoint.GATEWAY_URL);
    }

    @ParameterizedTest
    @ValueSource(ints = {4004, 4010, 4011, 4012, 4013, 4014})
    void stopsAfterAFatalClose(int code) {
        assertThat(policy.plan(Failure.closed(code, ""), HEALTHY).recovery()).isEqualTo(Recovery.STOP);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {
                "CLOSED_WITHOUT_CODE",
                "CONNECTION_LOST",
                "RECONNECT_REQUESTED",
                "SESSION_INTERRUPTED",
                "ZOMBIE",
                "PROTOCOL"
            })
    void resumesAtOnceWhenAConnectionIsLost(Kind kind) {
        Plan plan = policy.plan(Failure.of(kind, "lost"), HEALTHY);

        assertThat(plan.recovery()).isEqualTo(Recovery.RESUME);
        assertThat(plan.delay()).isZero();
    }

    @Test
    void identifiesAtOnceWhenAHealthySessionIsInvalidated() {
        Plan plan = policy.plan(Failure.of(Kind.SESSION_INVALIDATED, "op 9"), HEALTHY);

        assertThat(plan.recovery()).isEqualTo(Recovery.IDENTIFY);
        assertThat(plan.delay()).isZero();
    }

    @Test
    void backsOffWhenEveryIdentifyIsRefused() {
        Standing third = new Standing(3, 0, ALIVE, 0, false, false, 0, Recovery.IDENTIFY, Endpoint.GATEWAY_URL);

        Plan plan = policy.plan(Failure.of(Kind.SESSION_INVALIDATED, "op 9"), third);

        assertThat(plan.delay()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void triesTheGatewayUrlAtOnceWhenTheResumeUrlIsDead() {
        Standing resumeFailed = new Standing(1, 0, ALIVE, 0, true, true, 0, Recovery.RESUME, Endpoint.RESUME_URL);

        Plan plan = policy.plan(Failure.of(Kind.CONNECT, "refused"), resumeFailed);

        assertThat(plan.recovery()).isEqualTo(Recovery.RESUME);
        assertThat(plan.endpoint()).isEqualTo(Endpoint.GATEWAY_URL);
        assertThat(plan.delay()).isZero();
    }

    @Test
    void triesTheResumeUrlAgainWhenTheGatewayUrlIsDeadToo() {
        Standing bothFailed = new Standing(2, 0, ALIVE, 0, true, true, 0, Recovery.RESUME, Endpoint.GATEWAY_URL);

        Plan plan = policy.plan(Failure.of(Kind.CONNECT, "refused"), bothFailed);

        assertThat(plan.endpoint()).isEqualTo(Endpoint.RESUME_URL);
        assertThat(plan.delay()).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void givesASessionUpWhenItCouldNotBeResumedTwice() {
        Standing refused = new Standing(2, 0, ALIVE, 0, true, true, 2, Recovery.RESUME, Endpoint.GATEWAY_URL);

        Plan plan = policy.plan(Failure.of(Kind.RESUMED_TIMEOUT, "no RESUMED"), refused);

        assertThat(plan.recovery()).isEqualTo(Recovery.IDENTIFY);
        assertThat(plan.reason()).contains("could not be resumed 2 times");
    }

    @Test
    void identifiesWhenThereIsNoSession() {
        Standing nothing = new Standing(1, 0, ALIVE, 0, false, false, 0, Recovery.IDENTIFY, Endpoint.GATEWAY_URL);

        Plan plan = policy.plan(Failure.of(Kind.CONNECT, "refused"), nothing);

        assertThat(plan.recovery()).isEqualTo(Recovery.IDENTIFY);
        assertThat(plan.delay()).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void waitsAsLongAsDiscordAsks() {
        Failure limited = Failure.http(429, "limited", Duration.ofMillis(1_234));

        assertThat(policy.plan(limited, HEALTHY).delay()).isEqualTo(Duration.ofMillis(1_234));
    }

    @Test
    void waitsAnHourAtMostForALimit() {
        Failure limited = Failure.http(429, "limited", Duration.ofDays(30));

        assertThat(policy.plan(limited, HEALTHY).delay()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void waitsAMomentWhenDiscordLimitsAndAsksForNoWait() {
        assertThat(policy.plan(Failure.http(429, "limited", Duration.ZERO), HEALTHY)
                        .delay())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void waitsAMinuteWhenDiscordDoesNotSayHowLong() {
        assertThat(policy.plan(Failure.http(429, "limited", null), HEALTHY).delay())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void stopsWhenTheTokenIsNotAccepted() {
        assertThat(policy.plan(Failure.http(401, "no", null), HEALTHY).recovery())
                .isEqualTo(Recovery.STOP);
    }

    @Test
    void connectionsThatAreLostAgainAndAgainSoonAfterTheirStartBeginFurtherAndFurtherApart() {
        assertThat(afterShortLosses(20, ALIVE).delay()).isZero();
        assertThat(afterShortLosses(21, ALIVE).delay())
                .isEqualTo(Duration.ofMillis(2_500).minus(ALIVE));
        assertThat(afterShortLosses(22, ALIVE).delay())
                .isEqualTo(Duration.ofSeconds(5).minus(ALIVE));
        assertThat(afterShortLosses(99, ALIVE).delay()).isEqualTo(RecoveryPolicy.SHORT_LIVED.minus(ALIVE));
        assertThat(afterShortLosses(99, ALIVE).reason()).contains("the last 99 connections lasted less than 30 s each");
    }

    @Test
    void aConnectionThatLastedLongerThanTheSpacingIsNotWaitedFor() {
        assertThat(afterShortLosses(22, Duration.ofSeconds(29)).delay()).isZero();
    }

    @Test
    void aResumeWithoutAnAddressOfItsOwnGoesToTheGatewayUrlAndSaysSo() {
        Standing without = new Standing(0, 0, ALIVE, 0, true, false, 0, Recovery.RESUME, Endpoint.GATEWAY_URL);

        assertThat(policy.plan(Failure.closed(1000, ""), without).endpoint()).isEqualTo(Endpoint.GATEWAY_URL);
    }

    @Test
    void theSameAddressIsNotTriedTwiceAtOnce() {
        Standing failed = new Standing(1, 0, ALIVE, 0, true, false, 0, Recovery.RESUME, Endpoint.GATEWAY_URL);

        Plan plan = policy.plan(Failure.of(Kind.CONNECT, "refused"), failed);

        assertThat(plan.endpoint()).isEqualTo(Endpoint.GATEWAY_URL);
        assertThat(plan.delay()).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void backsOffWhenSessionsEndAgainAndAgainSoonAfterTheirStart() {
        Failure ended = Failure.closed(4009, "");

        assertThat(policy.plan(ended, shortSessions(5)).delay()).isZero();
        assertThat(policy.plan(ended, shortSessions(6)).delay()).isEqualTo(Duration.ofMillis(2_500));
        assertThat(policy.plan(ended, shortSessions(12)).delay()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void waitsTheLongestAndBeginsAnewWhenExhausted() {
        Standing exhausted = new Standing(10, 0, ALIVE, 0, true, true, 0, Recovery.RESUME, Endpoint.RESUME_URL);

        Plan plan = policy.plan(Failure.of(Kind.CONNECT, "refused"), exhausted);

        assertThat(plan.recovery()).isEqualTo(Recovery.IDENTIFY);
        assertThat(plan.delay()).isEqualTo(LONGEST);
    }

    private static Standing shortSessions(int sessions) {
        return new Standing(0, 0, ALIVE, sessions, true, true, 0, Recovery.IDENTIFY, Endpoint.GATEWAY_URL);
    }

    private Plan afterShortLosses(int losses, Duration lastLife) {
        return policy.plan(
                Failure.closed(1000, ""),
                new Standing(0, losses, lastLife, 0, true, true, 0, Recovery.RESUME, Endpoint.RESUME_URL));
    }
}
