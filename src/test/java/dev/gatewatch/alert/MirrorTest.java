package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.gateway.ReaderFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The database follows memory, whatever becomes of the database. */
class MirrorTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final MemoryStore store = new MemoryStore();
    private final Mirror mirror = new Mirror(store, new ReaderFailures(), time);
    private final List<Boolean> written = new ArrayList<>();
    private final Parcel first = new Parcel("t", Messages.message("1"), 0, Messages.NOW);
    private final Parcel second = new Parcel("t", Messages.message("2"), 0, Messages.NOW);
    private final OpenAlert alert = new OpenAlert(
            AlertRule.GATEWAY_DOWN,
            Severity.ERROR,
            Messages.NOW,
            Messages.NOW,
            Messages.NOW,
            new TreeSet<>(),
            "Gateway down");

    @Test
    void writesNothingBeforeWhatIsThereWasRead() {
        mirror.alerts(List.of());
        mirror.put(first);
        mirror.flush().subscribe(written::add);
        assertThat(store.saves()).isZero();
        assertThat(written).containsExactly(false);

        mirror.load().subscribe();
        mirror.flush().subscribe(written::add);
        assertThat(written).containsExactly(false, true);
        assertThat(store.kept().parcels()).containsExactly(first);
    }

    @Test
    void writesEverythingOnceTheDatabaseIsBack() {
        mirror.load().subscribe();
        mirror.put(first);
        mirror.flush().subscribe();
        store.goesDown();
        mirror.put(second);
        mirror.remove(first);
        mirror.alerts(List.of(alert));
        mirror.flush().subscribe(written::add);
        assertThat(written).containsExactly(false);
        assertThat(mirror.isClean()).isFalse();

        store.works();
        mirror.retry();
        assertThat(store.kept().parcels()).as("no sooner than after a pause").containsExactly(first);
        time.advanceTimeBy(Duration.ofSeconds(5));
        mirror.retry();
        assertThat(store.kept()).isEqualTo(new AlertStore.Kept(List.of(alert), List.of(second)));
        assertThat(mirror.isClean()).isTrue();
    }

    @Test
    void doesNotBringBackWhatWasDoneMeanwhile() {
        mirror.load().subscribe();
        store.goesDown();
        mirror.put(first);
        mirror.flush().subscribe();
        mirror.remove(first);
        store.works();
        mirror.flush().subscribe();

        assertThat(store.kept().parcels()).isEmpty();
    }

    @Test
    void keepsTheLatestOfAParcelThatCouldNotBeWritten() {
        mirror.load().subscribe();
        store.goesDown();
        mirror.put(first);
        mirror.flush().subscribe();
        Parcel later = first.postponed(Messages.NOW.plusSeconds(9));
        mirror.put(later);
        mirror.flush().subscribe();
        store.works();
        mirror.flush().subscribe();

        assertThat(store.kept().parcels()).containsExactly(later);
    }
}
