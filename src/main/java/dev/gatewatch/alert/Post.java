package dev.gatewatch.alert;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.log.LogEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Takes messages and sees to it that each is in the database, if that can be, before it is sent to anybody. Used on the alerts'
 * thread only.
 *
 * <p>A message and what it says of an alert, open or over, are written together: after a crash either both are known or neither.
 */
final class Post {

    private static final Logger log = Logger.getLogger(Post.class);

    /** How long a message waits for the database before it is sent all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final List<Lane> lanes;
    private final Mirror mirror;
    private final Scheduler scheduler;
    private final Map<AlertRule, OpenAlert> told = new EnumMap<>(AlertRule.class);

    Post(List<Lane> lanes, Mirror mirror, Scheduler scheduler) {
        this.lanes = List.copyOf(lanes);
        this.mirror = mirror;
        this.scheduler = scheduler;
    }

    /** What the process before left goes before everything that has come since. */
    void adopt(Collection<OpenAlert> alerts, List<Parcel> parcels) {
        alerts.forEach(alert -> told.put(alert.rule(), alert));
        mirror.alerts(told.values());
        Set<String> known = lanes.stream().map(lane -> lane.target().key()).collect(Collectors.toSet());
        for (Lane lane : lanes) {
            lane.adopt(parcels.stream()
                    .filter(parcel -> parcel.target().equals(lane.target().key()))
                    .toList());
        }
        List<Parcel> orphans = parcels.stream()
                .filter(parcel -> !known.contains(parcel.target()))
                .toList();
        if (!orphans.isEmpty()) {
            orphans.forEach(mirror::remove);
            LogEvent.ALERTS_ORPHANED.log(
                    log,
                    "%d alert messages were still to be delivered to targets that are no longer in"
                            + " GATEWATCH_ALERT_TARGETS; they are thrown away",
                    orphans.size());
        }
    }

    /** The alerts that were told, and whose end was not. */
    List<OpenAlert> open() {
        return List.copyOf(told.values());
    }

    /** The clock was set; what was told is moved, here and in the database. */
    void moved(ConnectionEvent.ClockSet set) {
        told.replaceAll((rule, alert) -> alert.moved(set));
        mirror.alerts(told.values());
    }

    /** Sends a message; completes when it waits in every lane. */
    Mono<Void> send(Notice notice, AlertMessage message) {
        return Mono.defer(() -> {
            if (notice.occasion() == Occasion.RESOLVED) {
                told.remove(notice.alert().rule());
            } else {
                told.put(notice.alert().rule(), notice.alert());
            }
            mirror.alerts(told.values());
            Map<Lane, Parcel> parcels = lanes.stream()
                    .collect(Collectors.toMap(Function.identity(), lane -> Parcel.of(lane.target(), message)));
            parcels.values().forEach(mirror::put);
            return mirror.flush()
                    .timeout(PATIENCE, scheduler)
                    .onErrorReturn(false)
                    .map(written -> {
                        parcels.forEach(Lane::add);
                        return written;
                    })
                    .then();
        });
    }
}
