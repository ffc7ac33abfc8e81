package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Who is believed about the number of shards, and for how long. */
class ShardCountTest {

    private static final OptionalInt NONE = OptionalInt.empty();
    private static final Failure TOO_FEW = Failure.closed(4011, "");

    private final FakeDirectory directory = new FakeDirectory();
    private final List<Integer> replacedBy = new ArrayList<>();
    private boolean sessionsLeft = true;

    @BeforeEach
    void discordRecommendsThree() {
        directory.answer = new GatewayBot("ws://gateway", 3, 1_000, 1_000, Duration.ofHours(1), 1);
        directory.lookup().block();
    }

    @Test
    void aConfiguredNumberHoldsWhateverDiscordRecommends() {
        ShardCount count = count(OptionalInt.of(2), NONE, OptionalInt.of(1));
        sessionsLeft = false;

        assertThat(count.get()).isEqualTo(2);
        assertThat(count.isDoubtedBy(0, TOO_FEW)).isFalse();
        assertThat(holds(count)).isTrue();
    }

    @Test
    void aStoredNumberHoldsWhileASessionIsLeft() {
        ShardCount count = count(NONE, NONE, OptionalInt.of(1));

        assertThat(count.get()).isEqualTo(1);
        assertThat(holds(count)).isTrue();
    }

    @Test
    void aStoredNumberGivesWayToDiscordsWhenNoSessionIsLeft() {
        ShardCount count = count(NONE, NONE, OptionalInt.of(1));
        sessionsLeft = false;

        assertThat(holds(count)).isFalse();
        assertThat(replacedBy).containsExactly(3);
    }

    @Test
    void aRecommendedNumberHoldsThoughDiscordRecommendsAnotherLater() {
        ShardCount count = count(NONE, OptionalInt.of(1), OptionalInt.of(2));
        sessionsLeft = false;

        assertThat(count.get()).isEqualTo(1);
        assertThat(holds(count)).isTrue();
    }

    @Test
    void everyShardThatIsRefusedAsksAndOneThatIsNotAsksNothing() {
        ShardCount count = count(NONE, OptionalInt.of(2), NONE);

        assertThat(count.isDoubtedBy(0, Failure.closed(4000, ""))).isFalse();
        assertThat(directory.forgotten).isZero();
        assertThat(count.isDoubtedBy(0, TOO_FEW)).isTrue();
        assertThat(count.isDoubtedBy(1, TOO_FEW)).isTrue();
        assertThat(directory.forgotten).isEqualTo(2);
    }

    @Test
    void anotherFailureWhileAskingEndsNoDoubt() {
        ShardCount count = count(NONE, OptionalInt.of(2), NONE);
        count.isDoubtedBy(0, TOO_FEW);
        count.isDoubtedBy(0, Failure.of(Failure.Kind.CONNECT, "refused"));

        assertThat(holds(count)).isFalse();
        assertThat(replacedBy).containsExactly(3);
    }

    private ShardCount count(OptionalInt configured, OptionalInt recommended, OptionalInt stored) {
        return new ShardCount(configured, recommended, stored, directory, () -> sessionsLeft, replacedBy::add);
    }

    private static boolean holds(ShardCount count) {
        return Boolean.TRUE.equals(
                Mono.firstWithSignal(count.agreed(0).thenReturn(true), Mono.defer(() -> Mono.just(false)))
                        .block());
    }
}
