package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class GuildCensusTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ConnectionEvents events = new ConnectionEvents();
    private final GuildCensus census = new GuildCensus(0, events, time);
    private final List<ConnectionEvent> told = new ArrayList<>();

    GuildCensusTest() {
        events.stream().subscribe(told::add);
    }

    @Test
    void countsAGuildOnceHoweverOftenItIsSent() {
        guild("GUILD_CREATE", 1, 10, false);
        guild("GUILD_CREATE", 1, 12, false);
        guild("GUILD_CREATE", 2, 5, false);
        time.advanceTimeBy(GuildCensus.PAUSE);

        assertThat(census.members()).isEqualTo(Map.of(1L, 12L, 2L, 5L));
        assertThat(told).singleElement().isInstanceOfSatisfying(ConnectionEvent.GuildsCounted.class, counted -> {
            assertThat(counted.guilds()).isEqualTo(2);
            assertThat(counted.users()).isEqualTo(17);
        });
    }

    @Test
    void keepsAGuildThatIsOnlyAway() {
        guild("GUILD_CREATE", 1, 10, false);
        guild("GUILD_DELETE", 1, 0, true);
        guild("GUILD_CREATE", 1, 0, true);

        assertThat(census.members()).isEqualTo(Map.of(1L, 10L));

        guild("GUILD_DELETE", 1, 0, false);
        assertThat(census.members()).isEmpty();
    }

    @Test
    void followsMembersOfGuildsItKnows() {
        guild("GUILD_CREATE", 1, 1, false);
        census.count(new Glance(0, 2, "GUILD_MEMBER_ADD", 0, 1, 0, false, List.of()));
        census.count(new Glance(0, 3, "GUILD_MEMBER_ADD", 0, 9, 0, false, List.of()));
        assertThat(census.members()).isEqualTo(Map.of(1L, 2L));

        for (int i = 0; i < 3; i++) {
            census.count(new Glance(0, 4, "GUILD_MEMBER_REMOVE", 0, 1, 0, false, List.of()));
        }
        assertThat(census.members()).isEqualTo(Map.of(1L, 0L));
    }

    @Test
    void aNewSessionForgetsGuildsThatAreGoneAndKeepsTheCountOfTheOthers() {
        guild("GUILD_CREATE", 1, 10, false);
        guild("GUILD_CREATE", 2, 20, false);
        census.count(new Glance(0, 1, "READY", 0, 0, 0, false, List.of(2L, 3L)));

        assertThat(census.members()).isEqualTo(Map.of(2L, 20L, 3L, 0L));
    }

    @Test
    void saysNothingOfWhatChangesNoCount() {
        census.count(new Glance(0, 1, "MESSAGE_CREATE", 5, 1, 0, false, List.of()));
        time.advanceTimeBy(GuildCensus.PAUSE);

        assertThat(told).isEmpty();
    }

    private void guild(String type, long id, long members, boolean unavailable) {
        census.count(new Glance(0, 1, type, id, 0, members, unavailable, List.of()));
    }
}
