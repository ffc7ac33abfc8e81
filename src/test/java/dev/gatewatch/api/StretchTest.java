package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where days and their parts begin, above all around a change between summer and winter time. */
class StretchTest {

    /** Each changes its clock within the ten days from the given date on; most of them at midnight. */
    @ParameterizedTest
    @CsvSource({
        "Africa/Cairo,      2026-04-20", // 00:00 becomes 01:00
        "Africa/Cairo,      2026-10-25", // 24:00 becomes 23:00
        "America/Santiago,  2026-04-01", // 24:00 becomes 23:00
        "America/Santiago,  2026-09-01", // 00:00 becomes 01:00
        "Asia/Beirut,       2026-03-25", // 00:00 becomes 01:00
        "Asia/Beirut,       2026-10-20", // 24:00 becomes 23:00
        "Atlantic/Azores,   2026-03-25", // 00:00 becomes 01:00
        "Atlantic/Azores,   2026-10-20", // 01:00 becomes 00:00
        "America/Havana,    2026-03-04", // 00:00 becomes 01:00
        "America/Havana,    2026-10-27", // 01:00 becomes 00:00
        "Europe/Berlin,     2026-03-25", // 02:00 becomes 03:00
        "Europe/Berlin,     2026-10-20", // 03:00 becomes 02:00
        "Australia/Lord_Howe, 2026-04-01", // half an hour back
        "Australia/Lord_Howe, 2026-10-01", // half an hour forward
    })
    void aDayBeginsWithItsDateWhateverTheClockDoes(String zone, LocalDate first) {
        ZoneId there = ZoneId.of(zone);
        List<Instant> edges = Stretch.DAY.edges(noon(first, there), noon(first.plusDays(9), there), there);

        assertThat(edges)
                .containsExactlyElementsOf(first.datesUntil(first.plusDays(11))
                        .map(date -> date.atStartOfDay(there).toInstant())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "Africa/Cairo,     2026-04-20",
        "America/Santiago, 2026-09-01",
        "America/Havana,   2026-10-27",
        "Europe/Berlin,    2026-03-25",
        "Europe/Berlin,    2026-10-20",
        "America/New_York, 2026-03-05",
        "Australia/Lord_Howe, 2026-04-01",
    })
    void aQuarterOfADayBeginsAtMidnightSixNoonOrSix(String zone, LocalDate first) {
        ZoneId there = ZoneId.of(zone);
        List<Instant> edges = Stretch.SIX_HOURS.edges(noon(first, there), noon(first.plusDays(9), there), there);

        assertThat(edges).hasSize(9 * 4 + 1).isSorted().doesNotHaveDuplicates();
        assertThat(edges).allSatisfy(edge -> {
            LocalDateTime local = LocalDateTime.ofInstant(edge, there);
            boolean firstOfTheDay =
                    edge.equals(local.toLocalDate().atStartOfDay(there).toInstant());
            assertThat(firstOfTheDay || local.toLocalTime().toSecondOfDay() % 21_600 == 0)
                    .as("%s", local)
                    .isTrue();
        });
    }

    @Test
    void anHourBeginsWithItsHourAfterAChangeByHalfAnHour() {
        ZoneId there = ZoneId.of("Australia/Lord_Howe");
        for (LocalDate change : List.of(LocalDate.of(2026, 4, 5), LocalDate.of(2026, 10, 4))) {
            List<Instant> edges =
                    Stretch.HOUR.edges(change.atStartOfDay(there).toInstant(), noon(change, there), there);

            assertThat(edges).isSorted().doesNotHaveDuplicates();
            assertThat(edges.subList(edges.size() - 9, edges.size())).allSatisfy(edge -> assertThat(
                            LocalTime.ofInstant(edge, there).getMinute())
                    .isZero());
        }
    }

    @Test
    void anHourThatHappensTwiceIsTwoHours() {
        ZoneId there = ZoneId.of("Europe/Berlin");
        LocalDate change = LocalDate.of(2026, 10, 25);

        assertThat(Stretch.HOUR.edges(
                        change.atStartOfDay(there).toInstant(),
                        change.plusDays(1).atStartOfDay(there).toInstant(),
                        there))
                .hasSize(26);
    }

    @Test
    void aDayThatAZoneLeavesOutIsNoStretch() {
        ZoneId there = ZoneId.of("Pacific/Apia"); // went from 29 December 2011 to the 31st
        List<Instant> edges = Stretch.DAY.edges(
                noon(LocalDate.of(2011, 12, 28), there), noon(LocalDate.of(2012, 1, 1), there), there);

        assertThat(edges).hasSize(5).isSorted().doesNotHaveDuplicates();
    }

    private static Instant noon(LocalDate date, ZoneId zone) {
        return date.atTime(12, 0).atZone(zone).toInstant();
    }
}
