package dev.gatewatch.alert;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.connection.IdentifyBudget;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything the policy goes by; immutable, folded from facts by {@link StandingFold}.
 *
 * @param shards by index
 * @param budget how many IDENTIFYs are left; null before it is known
 * @param open the open alerts
 */
record AlertState(
        SortedMap<Integer, ShardStanding> shards, @Nullable IdentifyBudget budget, Map<AlertRule, OpenAlert> open) {

    static final AlertState EMPTY = new AlertState(new TreeMap<>(), null, Map.of());

    AlertState {
        shards = Collections.unmodifiableSortedMap(new TreeMap<>(shards));
        Map<AlertRule, OpenAlert> copy = new EnumMap<>(AlertRule.class);
        copy.putAll(open);
        open = Collections.unmodifiableMap(copy);
    }

    /** What is known of a shard; one not heard of before has been away until now. */
    ShardStanding shard(int index, Instant now) {
        return Optional.ofNullable(shards.get(index))
                .orElseGet(() -> new ShardStanding(
                        index, ShardStanding.Standing.DOWN, now, false, "not connected yet", null, List.of()));
    }

    AlertState with(ShardStanding changed) {
        SortedMap<Integer, ShardStanding> all = new TreeMap<>(shards);
        all.put(changed.shard(), changed);
        return new AlertState(all, budget, open);
    }

    /** What is known of all shards but one. */
    AlertState without(int shard) {
        SortedMap<Integer, ShardStanding> rest = new TreeMap<>(shards);
        rest.remove(shard);
        return new AlertState(rest, budget, open);
    }

    AlertState with(IdentifyBudget changed) {
        return new AlertState(shards, changed, open);
    }

    AlertState with(OpenAlert alert) {
        Map<AlertRule, OpenAlert> all = new EnumMap<>(AlertRule.class);
        all.putAll(open);
        all.put(alert.rule(), alert);
        return new AlertState(shards, budget, all);
    }

    AlertState without(AlertRule rule) {
        Map<AlertRule, OpenAlert> rest = new EnumMap<>(AlertRule.class);
        rest.putAll(open);
        rest.remove(rule);
        return new AlertState(shards, budget, rest);
    }

    /** The clock was set for a shard; what is open is moved with the first of them. */
    AlertState moved(ConnectionEvent.ClockSet set) {
        ShardStanding shard = shards.get(set.shard());
        if (shard == null) {
            return this;
        }
        AlertState moved = with(shard.moved(set));
        if (movesAlerts(set)) {
            for (OpenAlert alert : open.values()) {
                moved = moved.with(alert.moved(set));
            }
        }
        return moved;
    }

    /** Whether what is open is moved with this shard's fact: it is told once for each shard. */
    boolean movesAlerts(ConnectionEvent.ClockSet set) {
        return !shards.isEmpty() && set.shard() == shards.firstKey();
    }

    /** With the alerts that the process before left open: where one is open here as well, the older beginning counts. */
    AlertState adopt(Collection<OpenAlert> before) {
        AlertState merged = this;
        for (OpenAlert alert : before) {
            OpenAlert mine = open.get(alert.rule());
            merged = merged.with(
                    mine == null
                            ? alert
                            : new OpenAlert(
                                    alert.rule(),
                                    alert.named(),
                                    alert.severity().worse(mine.severity()),
                                    alert.since(),
                                    alert.openedAt(),
                                    mine.toldAt(),
                                    alert.with(mine.shards()).shards(),
                                    mine.headline()));
        }
        return merged;
    }
}
