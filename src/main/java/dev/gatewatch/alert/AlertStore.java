package dev.gatewatch.alert;

import java.util.Collection;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The port to the database, for one instance's alerts and outbox.
 *
 * <p>Both methods fail when the database does not do as asked. What was saved has survived the end of the process when the Mono
 * completes.
 */
interface AlertStore {

    /** Everything that is kept; messages in the order in which they were made. */
    Mono<Kept> load();

    /** Makes the database agree, all or nothing, however often it is told the same. */
    Mono<Void> save(Changes changes);

    /**
     * What is kept.
     *
     * @param alerts the open alerts
     * @param parcels what is not delivered
     */
    record Kept(List<OpenAlert> alerts, List<Parcel> parcels) {

        static final Kept NOTHING = new Kept(List.of(), List.of());
    }

    /**
     * What has changed.
     *
     * @param alerts all open alerts, changed or not
     * @param put parcels that are new or were tried in vain
     * @param removed parcels that are done with
     */
    record Changes(Collection<OpenAlert> alerts, Collection<Parcel> put, Collection<Parcel.Id> removed) {}
}
