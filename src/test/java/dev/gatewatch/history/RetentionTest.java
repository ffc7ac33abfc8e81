package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.SetClock;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");

    private final SetClock clock = new SetClock();

    @TempDir
    Path directory;

    @Test
    void keepsEachTierForItsTimeAndTheFileShrinks() throws Exception {
        Path file = directory.resolve("gatewatch.db");
        try (Database database = new SqliteDatabase(file, "one", Clock.systemUTC())) {
            HistoryStore store = database.open();
            new YearOfHistory("one", BEGIN, 30).fill(store, () -> {});
            store.compact();
            long full = Files.size(file);
            Instant now = BEGIN.plus(Duration.ofDays(30));

            int pruned = new Retention(
                            config(Map.of(
                                    "gatewatch.retention-events", "10d",
                                    "gatewatch.retention-incidents", "20d",
                                    "gatewatch.retention-minutes", "2d",
                                    "gatewatch.retention-hours", "5d")),
                            clock)
                    .prune(store, now);

            assertThat(pruned).isGreaterThan(40_000);
            assertThat(Files.size(file)).isLessThan(full / 3);
            assertThat(store.samples(Step.MINUTE, BEGIN, now, 100_000)).hasSize(2 * 1_440);
            assertThat(store.samples(Step.HOUR, BEGIN, now, 100_000)).hasSize(5 * 24);
            assertThat(store.samples(Step.DAY, BEGIN, now, 100_000)).hasSize(30);
            assertThat(store.events(new EventQuery(null, null, null, Set.of(), null, 100_000))
                            .items())
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.at()).isAfterOrEqualTo(now.minus(Duration.ofDays(10))));
            assertThat(Events.losses(store, BEGIN, now)).isNotEmpty().allSatisfy(loss -> assertThat(loss.end())
                    .isAfterOrEqualTo(now.minus(Duration.ofDays(20))));
            assertThat(new Retention(config(Map.of()), clock).prune(store, now)).isZero();
        }
    }

    @Test
    void leavesHoursWholeOfWhichRetentionNeedsAPart() {
        try (Database database = new SqliteDatabase(directory.resolve("gatewatch.db"), "one", Clock.systemUTC())) {
            HistoryStore store = database.open();
            new YearOfHistory("one", BEGIN, 3).fill(store, () -> {});
            Instant now = BEGIN.plus(Duration.ofMinutes(2 * 1_440 + 605));

            new Retention(
                            config(Map.of("gatewatch.retention-minutes", "6h", "gatewatch.retention-hours", "20h")),
                            clock)
                    .prune(store, now);

            Instant end = BEGIN.plus(Duration.ofDays(3));
            assertThat(store.samples(Step.MINUTE, BEGIN, end, 100_000).get(0).at())
                    .isEqualTo(BEGIN.plus(Duration.ofHours(2 * 24 + 4)));
            assertThat(store.samples(Step.HOUR, BEGIN, end, 100_000).get(0).at())
                    .isEqualTo(BEGIN.plus(Duration.ofDays(1)));
            assertThat(store.samples(Step.DAY, BEGIN, end, 100)).hasSize(3).allSatisfy(day -> assertThat(day.span())
                    .isEqualTo(Duration.ofDays(1)));
        }
    }

    static HistoryConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(HistoryConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build()
                .getConfigMapping(HistoryConfig.class);
    }
}
