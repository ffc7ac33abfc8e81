package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When the guilds are written: with ten thousand of them it is a file of hundreds of kilobytes. */
class GuildsFileTest {

    private static final String BOT = "1100000000000000001";

    @TempDir
    private Path directory;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final GuildCensus census = new GuildCensus(0, new ConnectionEvents(), time);

    @Test
    void isWrittenOnlyWhenSomethingHasChanged() throws Exception {
        GuildsFile file = file();
        count("GUILD_CREATE", 7, 0, 10);
        save(file, false);
        assertThat(written()).isTrue();

        Files.delete(path());
        save(file, false);
        save(file, true);
        assertThat(written()).isFalse();
    }

    @Test
    void aGuildThatComesOrGoesIsWrittenAtOnce() throws Exception {
        GuildsFile file = file();
        count("GUILD_CREATE", 7, 0, 10);
        save(file, false);
        Files.delete(path());

        count("GUILD_CREATE", 8, 0, 10);
        save(file, false);
        assertThat(written()).isTrue();

        Files.delete(path());
        count("GUILD_DELETE", 7, 0, 0);
        save(file, false);
        assertThat(file().before(1, 0)).isEqualTo(Map.of(8L, 10L));
    }

    @Test
    void membersThatComeAndGoWaitForAMinuteOrTheEnd() throws Exception {
        GuildsFile file = file();
        count("GUILD_CREATE", 7, 0, 10);
        save(file, false);
        Files.delete(path());

        count("GUILD_MEMBER_ADD", 0, 7, 0);
        save(file, false);
        assertThat(written()).isFalse();

        time.advanceTimeBy(GuildsFile.MEMBERS_EVERY);
        save(file, false);
        assertThat(file().before(1, 0)).isEqualTo(Map.of(7L, 11L));

        count("GUILD_MEMBER_ADD", 0, 7, 0);
        save(file, true);
        assertThat(file().before(1, 0)).isEqualTo(Map.of(7L, 12L));
    }

    @Test
    void theLastWriteDoesNotRelyOnOneThatIsUnderWay() {
        count("GUILD_CREATE", 7, 0, 10);
        try (SlowDisk disk = new SlowDisk()) {
            GuildsFile file = new GuildsFile(new StateFiles(directory, disk.scheduler()), BOT, time);
            Disposable underWay = file.save(1, List.of(census), false).subscribe();
            Mono<Void> last = file.save(1, List.of(census), true);
            underWay.dispose();
            disk.goOn();

            last.block();
            assertThat(written()).isTrue();
        }
    }

    @Test
    void guildsOfAnotherBotOrOfAnotherNumberOfShardsAreNobodys() {
        count("GUILD_CREATE", 7, 0, 10);
        save(file(), false);

        assertThat(file().before(2, 0)).isEmpty();
        assertThat(new GuildsFile(files(), "1", time).before(1, 0)).isEmpty();
    }

    private void save(GuildsFile file, boolean last) {
        file.save(1, List.of(census), last).block();
    }

    private void count(String type, long id, long guild, long members) {
        census.count(new Glance(0, 1, type, id, guild, members, false, List.of()));
    }

    private GuildsFile file() {
        return new GuildsFile(files(), BOT, time);
    }

    private StateFiles files() {
        return new StateFiles(directory, Schedulers.immediate());
    }

    private boolean written() {
        return Files.exists(path());
    }

    private Path path() {
        return directory.resolve("guilds.json");
    }
}
