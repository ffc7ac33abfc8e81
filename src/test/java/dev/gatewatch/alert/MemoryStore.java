package dev.gatewatch.alert;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A database for virtual time: answers at once, never, or with an error, as it is told. */
final class MemoryStore implements AlertStore {

    private final Map<Parcel.Id, Parcel> parcels = new LinkedHashMap<>();
    private List<OpenAlert> alerts = List.of();
    private boolean down;
    private boolean hanging;
    private int saves;

    @Override
    public Mono<Kept> load() {
        return Mono.defer(() -> refuse().thenReturn(kept()));
    }

    @Override
    public Mono<Void> save(Changes changes) {
        return Mono.defer(() -> refuse().then(Mono.fromRunnable(() -> {
            saves++;
            alerts = List.copyOf(changes.alerts());
            changes.put().forEach(parcel -> parcels.put(parcel.id(), parcel));
            changes.removed().forEach(parcels::remove);
        })));
    }

    Kept kept() {
        return new Kept(
                alerts,
                parcels.values().stream()
                        .sorted(Comparator.comparing(parcel -> parcel.message().id()))
                        .toList());
    }

    MemoryStore goesDown() {
        down = true;
        return this;
    }

    MemoryStore hangs() {
        hanging = true;
        return this;
    }

    MemoryStore works() {
        down = false;
        hanging = false;
        return this;
    }

    int saves() {
        return saves;
    }

    private Mono<Void> refuse() {
        if (hanging) {
            return Mono.never();
        }
        return down ? Mono.error(new IllegalStateException("the database is away")) : Mono.empty();
    }
}
