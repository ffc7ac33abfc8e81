package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewatch.alert.AlertStore.Changes;
import dev.gatewatch.alert.AlertStore.Kept;
import dev.gatewatch.history.HistoryUnavailableException;
import dev.gatewatch.history.SharedDatabases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must do for the alerts; run against each for real. */
abstract class AlertStoreContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOW = Messages.NOW;

    private final OpenAlert down = new OpenAlert(
            AlertRule.GATEWAY_DOWN,
            Severity.CRITICAL,
            NOW,
            NOW.plusSeconds(30),
            NOW.plusSeconds(90),
            new TreeSet<>(List.of(0, 2, 15)),
            "Gateway down: it's \"bad\"; DROP TABLE alert");
    private final OpenAlert budget = new OpenAlert(
            AlertRule.IDENTIFY_BUDGET_LOW, Severity.WARNING, NOW, NOW, NOW, new TreeSet<>(), "IDENTIFYs słowa 言葉");
    private final Parcel first = parcel("json-a", "01A");
    private final Parcel second = parcel("json-a", "01B");
    private final Parcel other = parcel("slack-b", "01A");

    private SharedDatabases.Opened database;
    private AlertStore store;

    /** A new, empty database. */
    abstract SharedDatabases.Opened open();

    @BeforeEach
    void begin() {
        database = open();
        store = new JdbcAlertStore(database, "one");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(load()).isEqualTo(Kept.NOTHING);
    }

    @Test
    void keepsEverythingAcrossARestartInOrder() {
        save(List.of(budget, down), List.of(second, other, first), List.of());
        database.reopen();

        assertThat(load().alerts()).containsExactlyInAnyOrder(down, budget);
        assertThat(load().parcels()).containsExactly(first, other, second);
    }

    @Test
    void keepsWhatATextIsMadeOf() {
        AlertMessage odd =
                Messages.message("01C", NOW, "a\0b 'c' \"d\"", "słowa 言葉 \uD83D\uDD34\n", "do\tthis", Messages.VERDICT);
        save(List.of(), List.of(new Parcel("json-a", odd, 0, NOW)), List.of());

        assertThat(load().parcels()).singleElement().satisfies(parcel -> assertThat(parcel.message())
                .isEqualTo(odd));
    }

    @Test
    void agreesHoweverOftenItIsToldTheSame() {
        for (int i = 0; i < 3; i++) {
            save(List.of(down), List.of(first, second), List.of(other.id()));
        }

        assertThat(load()).isEqualTo(new Kept(List.of(down), List.of(first, second)));
    }

    @Test
    void knowsOnlyTheAlertsItWasLastTold() {
        save(List.of(down, budget), List.of(), List.of());
        save(List.of(budget), List.of(), List.of());
        assertThat(load().alerts()).containsExactly(budget);

        save(List.of(), List.of(), List.of());
        assertThat(load().alerts()).isEmpty();
    }

    @Test
    void remembersAttemptsAndWhenTheNextIsDue() {
        save(List.of(), List.of(first), List.of());
        Parcel later = first.postponed(NOW.plusSeconds(77)).postponed(NOW.plusSeconds(99));
        save(List.of(), List.of(later), List.of());

        assertThat(load().parcels()).containsExactly(later);
        assertThat(load().parcels().get(0).attempts()).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsDoneWithForThisTargetOnly() {
        save(List.of(), List.of(first, other), List.of());
        save(List.of(), List.of(), List.of(first.id()));

        assertThat(load().parcels()).containsExactly(other);
    }

    @Test
    void showsAnInstanceOnlyWhatIsItsOwn() {
        AlertStore theirs = new JdbcAlertStore(database, "two");
        save(List.of(down), List.of(first), List.of());
        theirs.save(new Changes(List.of(budget), List.of(second), List.of(first.id())))
                .block(PATIENCE);

        assertThat(load()).isEqualTo(new Kept(List.of(down), List.of(first)));
        assertThat(theirs.load().block(PATIENCE)).isEqualTo(new Kept(List.of(budget), List.of(second)));
    }

    @Test
    void savesAllOrNothing() {
        save(List.of(down), List.of(first), List.of());
        Parcel broken = new Parcel(null, Messages.message("01Z"), 0, NOW);

        assertThatThrownBy(() -> save(List.of(), List.of(second, broken), List.of(first.id())))
                .isInstanceOf(HistoryUnavailableException.class);

        assertThat(load()).isEqualTo(new Kept(List.of(down), List.of(first)));
    }

    @Test
    void leavesOutWhatCannotBeRead() {
        save(List.of(), List.of(first, second), List.of());
        database.transact(connection -> {
                    try (var statement = connection.createStatement()) {
                        return statement.executeUpdate(
                                "UPDATE alert_message SET content = '{\"event\":\"gossip\"}' WHERE id = '01A'");
                    }
                })
                .block(PATIENCE);

        assertThat(load().parcels()).containsExactly(second);
    }

    private void save(List<OpenAlert> alerts, List<Parcel> put, List<Parcel.Id> removed) {
        store.save(new Changes(alerts, put, removed)).block(PATIENCE);
    }

    private Kept load() {
        return store.load().block(PATIENCE);
    }

    private static Parcel parcel(String target, String id) {
        return new Parcel(target, Messages.message(id), 0, NOW);
    }
}
