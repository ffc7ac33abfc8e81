package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When an alert opens, gets worse, is repeated and is over; a story each, told in seconds. */
class AlertPolicyTest {

    private final PolicyStory story = new PolicyStory();

    @Test
    void opensWhenAShardHasBeenAwayForLongEnough() {
        story.up(0).pass(10).down(0).pass(29);
        assertThat(story.said()).isEmpty();

        story.pass(1);
        assertThat(story.said()).containsExactly("40 opened gateway_down error");
        assertThat(story.notices.get(0).headline()).isEqualTo("Gateway down");
        assertThat(story.notices.get(0).detail())
                .startsWith("Not connected since 2026-11-24 00:00:10 UTC (30 s). Last failure: Closed with 4000");
    }

    @Test
    void saysNothingOfABlip() {
        story.up(0).pass(10).down(0).pass(29).up(0).pass(1_000);

        assertThat(story.said()).isEmpty();
    }

    @Test
    void isOverWhenAllHaveBeenBackForLongEnough() {
        story.up(0).pass(10).down(0).pass(90).up(0).pass(29);
        assertThat(story.said()).hasSize(1);

        story.pass(1);
        assertThat(story.said()).containsExactly("40 opened gateway_down error", "130 resolved gateway_down error");
        Notice resolved = story.notices.get(1);
        assertThat(resolved.alert().since()).isEqualTo(PolicyStory.at(10));
        assertThat(resolved.ended()).isEqualTo(PolicyStory.at(100));
        assertThat(resolved.headline()).isEqualTo("Gateway connected again");
    }

    @Test
    void staysOpenWhenItIsBackForAMomentOnly() {
        story.up(0)
                .pass(10)
                .down(0)
                .pass(60)
                .up(0)
                .pass(20)
                .down(0)
                .pass(60)
                .up(0)
                .pass(60);

        assertThat(story.said()).containsExactly("40 opened gateway_down error", "180 resolved gateway_down error");
        assertThat(story.notices.get(1).alert().since()).isEqualTo(PolicyStory.at(10));
    }

    @Test
    void isOverWhenTheShardThatWasAwayIsNotRunAnyMore() {
        story.up(0, 1).pass(10).down(1).pass(60).retired(1).pass(60);

        assertThat(story.said()).containsExactly("40 opened gateway_down warning", "71 resolved gateway_down warning");
    }

    @Test
    void opensOnceForAllShardsThatFallTogether() {
        story.up(0, 1, 2).pass(10).down(1).pass(1).down(0).pass(2).down(2).pass(100);

        assertThat(story.said()).containsExactly("40 opened gateway_down error");
        assertThat(story.notices.get(0).headline()).isEqualTo("Gateway down: all 3 shards");
        assertThat(story.notices.get(0).alert().shards()).containsExactly(0, 1, 2);
    }

    @Test
    void namesTheShardsThatAreAwayAndGetsWorseWithTheLastOfThem() {
        story.up(0, 1, 2).pass(10).down(1).pass(60).down(2).pass(60).down(0).pass(29);
        assertThat(story.said()).containsExactly("40 opened gateway_down warning");
        assertThat(story.notices.get(0).headline()).isEqualTo("Gateway down: shard 1 (1 of 3)");

        story.pass(1).up(0, 1, 2).pass(30);
        assertThat(story.said())
                .containsExactly(
                        "40 opened gateway_down warning",
                        "160 escalated gateway_down error",
                        "190 resolved gateway_down error");
        assertThat(story.notices.get(2).alert().shards()).containsExactly(0, 1, 2);
    }

    @Test
    void opensAtOnceWhenAllAttemptsFailed() {
        story.up(0).pass(10).down(0).pass(5).exhausted(0).pass(1);

        assertThat(story.said()).containsExactly("16 opened gateway_down critical");
        assertThat(story.notices.get(0).detail()).contains("All allowed attempts in a row failed.");
    }

    @Test
    void getsWorseStepByStepAndNeverBetter() {
        story.up(0)
                .pass(10)
                .down(0)
                .pass(100)
                .exhausted(0)
                .pass(100)
                .stopped(0, Failure.Kind.UNAUTHORIZED)
                .pass(100);

        assertThat(story.said())
                .containsExactly(
                        "40 opened gateway_down error",
                        "111 escalated gateway_down critical",
                        "211 escalated gateway_down fatal");
        assertThat(story.notices.get(2).headline()).isEqualTo("Gateway stopped");
        assertThat(story.notices.get(2).remedy()).isEqualTo("do this");
    }

    @Test
    void opensAtOnceForACauseThatOnlyAPersonCanRemove() {
        story.tell(new ConnectionEvent.Started(0, story.now()))
                .stopped(0, Failure.Kind.CONFIGURATION)
                .pass(1);

        assertThat(story.said()).containsExactly("1 opened gateway_down fatal");
    }

    @Test
    void saysNothingOfAStopByAnOperator() {
        story.up(0).pass(10).stopped(0, Failure.Kind.OPERATOR).pass(10_000);

        assertThat(story.said()).isEmpty();
    }

    @Test
    void isOverWhenAnOperatorStopsIt() {
        story.up(0).pass(10).down(0).pass(60).stopped(0, Failure.Kind.OPERATOR).pass(100);

        assertThat(story.said()).containsExactly("40 opened gateway_down error", "100 resolved gateway_down error");
        assertThat(story.notices.get(1).headline()).isEqualTo("Gateway stopped by an operator");
    }

    @Test
    void leavesTheLastWordToTheNextProcess() {
        story.up(0).pass(10).down(0).pass(60).stopped(0, Failure.Kind.SHUTDOWN).pass(10_000);

        assertThat(story.said()).containsExactly("40 opened gateway_down error");
    }

    @Test
    void remindsAtItsIntervalWhileItIsSo() {
        story.up(0).pass(10).down(0).pass(2 * 3_600 + 60).up(0).pass(31);

        assertThat(story.said())
                .containsExactly(
                        "40 opened gateway_down error",
                        "3640 reminder gateway_down error",
                        "7240 reminder gateway_down error",
                        "7300 resolved gateway_down error");
    }

    @Test
    void neverRemindsWhenToldNotTo() {
        PolicyStory silent = new PolicyStory(new AlertSettings(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ZERO, 5, Duration.ofMinutes(10)));

        silent.up(0).pass(10).down(0).pass(50_000);

        assertThat(silent.said()).hasSize(1);
    }

    @Test
    void tellsARestartedProcessNothingTwiceAndStillTheEnd() {
        story.up(0).pass(10).down(0).pass(60).restart().pass(60);
        story.tell(new ConnectionEvent.Started(0, story.now())).pass(60).up(0).pass(30);

        assertThat(story.said()).containsExactly("40 opened gateway_down error", "220 resolved gateway_down error");
        assertThat(story.notices.get(1).alert().since()).isEqualTo(PolicyStory.at(10));
    }

    @Test
    void tellsOfFlappingOnceHoweverShortTheLosses() {
        story.up(0);
        for (int i = 0; i < 40; i++) {
            story.pass(50).down(0).pass(10).up(0);
        }
        story.pass(700);

        assertThat(story.said()).containsExactly("291 opened flapping warning", "2990 resolved flapping warning");
        assertThat(story.notices.get(0).headline()).isEqualTo("Gateway flapping: shard 0");
        assertThat(story.notices.get(0).detail()).startsWith("The connection was lost 5 times within 10 min.");
    }

    @Test
    void opensAndClosesOnceWhileItFlaps() {
        story.up(0);
        for (int i = 0; i < 20; i++) {
            story.pass(35).down(0).pass(40).up(0);
        }
        story.pass(1_000);

        assertThat(story.said().stream().filter(said -> said.contains("flapping")))
                .hasSize(2);
        assertThat(story.said().stream().filter(said -> said.contains("opened gateway_down")))
                .hasSizeLessThanOrEqualTo(5);
        assertThat(story.said()).last().asString().contains("resolved gateway_down");
        assertThat(story.state().open()).isEmpty();
    }

    @Test
    void countsTheLossesOfEachShardByItself() {
        for (int shard = 0; shard < 16; shard++) {
            story.up(shard);
        }
        for (int i = 0; i < 4; i++) {
            for (int shard = 0; shard < 16; shard++) {
                story.down(shard).pass(1).up(shard);
            }
        }

        assertThat(story.said()).isEmpty();
    }

    @Test
    void countsNoReconnectThatAnOperatorAskedFor() {
        story.up(0);
        for (int i = 0; i < 20; i++) {
            story.pass(10)
                    .tell(new ConnectionEvent.Disconnected(
                            0, story.now(), Failure.of(Failure.Kind.OPERATOR, "asked for")))
                    .pass(1)
                    .up(0);
        }

        assertThat(story.said()).isEmpty();
    }

    @Test
    void isQuietInAMaintenanceWindowAndOpensAfterItIfNeedBe() {
        story.maintenance(5, 100).up(0).pass(10).down(0).pass(119);
        assertThat(story.said()).isEmpty();

        story.pass(1);
        assertThat(story.said()).containsExactly("130 opened gateway_down error");
    }

    @Test
    void forgetsWhatHappenedInAMaintenanceWindow() {
        story.maintenance(5, 600).up(0).pass(10);
        for (int i = 0; i < 20; i++) {
            story.down(0).pass(10).up(0).pass(10);
        }
        story.pass(1_000);

        assertThat(story.said()).isEmpty();
    }

    @Test
    void tellsTheEndEvenInAMaintenanceWindowButRepeatsNothing() {
        story.maintenance(100, 9_000)
                .up(0)
                .pass(10)
                .down(0)
                .pass(8_000)
                .exhausted(0)
                .pass(10)
                .up(0)
                .pass(30);

        assertThat(story.said()).containsExactly("40 opened gateway_down error", "8050 resolved gateway_down error");
    }

    @Test
    void tellsThatIdentifiesRunLowAndThatThereAreEnoughAgain() {
        story.up(0).budget(1_000, 0, Duration.ofHours(24)).pass(10);
        story.budget(151, 1, Duration.ofHours(20)).pass(10);
        assertThat(story.said()).isEmpty();

        story.budget(150, 1, Duration.ofHours(20)).pass(10);
        story.budget(200, 1, Duration.ofHours(20)).pass(10);
        assertThat(story.said()).containsExactly("21 opened identify_budget_low warning");
        assertThat(story.notices.get(0).headline()).isEqualTo("IDENTIFYs running low: 100 left to spend");

        story.budget(1_000, 0, Duration.ofHours(24)).pass(10);
        assertThat(story.said()).last().isEqualTo("41 resolved identify_budget_low warning");
    }

    @Test
    void tellsThatIdentifiesWillRunOutSoonAtThisPace() {
        story.up(0).budget(950, 301, Duration.ofHours(20)).pass(1);

        assertThat(story.said()).containsExactly("1 opened identify_budget_low warning");
        assertThat(story.notices.get(0).detail()).contains("At this pace the reserve is reached in 2 h 59 min.");
    }

    @Test
    void takesANewDayForANewBudget() {
        story.up(0).budget(60, 1, Duration.ofMinutes(10)).pass(601);

        assertThat(story.said())
                .containsExactly("1 opened identify_budget_low warning", "600 resolved identify_budget_low warning");
    }
}
