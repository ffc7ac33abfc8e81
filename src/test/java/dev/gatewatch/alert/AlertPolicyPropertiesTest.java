package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/** Whatever happens, in whatever order, these hold. The seed of a failure is in its message. */
class AlertPolicyPropertiesTest {

    private static final Duration REMIND = Duration.ofMinutes(20);

    @RepeatedTest(200)
    void tellsAStoryThatAddsUp() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        AlertSettings settings = new AlertSettings(
                Duration.ofSeconds(random.nextInt(60)),
                Duration.ofSeconds(random.nextInt(60)),
                REMIND,
                2 + random.nextInt(5),
                Duration.ofMinutes(1 + random.nextInt(10)));
        int shards = 1 + random.nextInt(4);
        PolicyStory story = new PolicyStory(settings).maintenance(1_000, 1_000 + random.nextInt(2_000));
        for (int i = 0; i < 300; i++) {
            step(story, random, random.nextInt(shards));
            story.pass(random.nextInt(40));
        }
        for (int shard = 0; shard < shards; shard++) {
            story.up(shard);
        }
        story.budget(1_000, 0, Duration.ofHours(24)).pass(3_000);

        assertThat(story.state().open()).as("open in the end, seed %d", seed).isEmpty();
        assertOrder(story, seed);
    }

    private static void step(PolicyStory story, Random random, int shard) {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> story.up(shard);
            case 3, 4 -> story.down(shard);
            case 5 -> story.exhausted(shard);
            case 6 -> story.stopped(shard, random.nextBoolean() ? Failure.Kind.OPERATOR : Failure.Kind.UNAUTHORIZED);
            case 7 -> story.budget(random.nextInt(1_000), random.nextInt(300), Duration.ofHours(20));
            default -> story.restart();
        }
    }

    /** Opened first, resolved last, worse only upwards, reminders no sooner than allowed, nothing but ends in maintenance. */
    private static void assertOrder(PolicyStory story, long seed) {
        Map<AlertRule, Notice> open = new EnumMap<>(AlertRule.class);
        for (Notice notice : story.notices) {
            Notice before = open.get(notice.alert().rule());
            String said = story.said() + ", seed " + seed;
            switch (notice.occasion()) {
                case OPENED -> assertThat(before).as(said).isNull();
                case RESOLVED -> assertThat(before).as(said).isNotNull();
                case ESCALATED ->
                    assertThat(notice.alert().severity())
                            .as(said)
                            .isGreaterThan(before.alert().severity());
                case REMINDER ->
                    assertThat(Duration.between(before.at(), notice.at()))
                            .as(said)
                            .isGreaterThanOrEqualTo(REMIND);
                case TEST -> throw new AssertionError(said);
            }
            if (before != null) {
                assertThat(notice.alert().id())
                        .as(said)
                        .isEqualTo(before.alert().id());
                assertThat(notice.at()).as(said).isAfterOrEqualTo(before.at());
            }
            Instant since = notice.alert().since();
            assertThat(since).as(said).isBeforeOrEqualTo(notice.at());
            if (notice.occasion() == Occasion.RESOLVED) {
                open.remove(notice.alert().rule());
            } else {
                assertThat(notice.at().isBefore(PolicyStory.at(1_000)) || !story.isQuiet(notice.at()))
                        .as(said)
                        .isTrue();
                open.put(notice.alert().rule(), notice);
            }
        }
        assertThat(open).isEmpty();
    }
}
