package dev.gatewatch.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that are ready to be made, one for each shard that is connected: all that Discord4J does before it connects is done while there
 * is time, and not when every millisecond counts.
 *
 * <p>One that is not wanted after all costs nothing but some 16 KiB of memory and a file descriptor. Thread-safe for different shards.
 */
final class SpareLinks {

    private final Map<Integer, Spare> spares = new ConcurrentHashMap<>();

    /** Keeps a prepared link for when a session is to be resumed; one kept before is discarded. */
    void keep(Wire.Request request, DiscordLink link) {
        Spare before = spares.put(request.shard(), new Spare(request, link));
        if (before != null) {
            before.link.discard();
        }
    }

    /** The link that was kept for this request; one that does not fit it is discarded. */
    Optional<DiscordLink> take(Wire.Request request) {
        Spare spare = spares.remove(request.shard());
        if (spare == null) {
            return Optional.empty();
        }
        if (spare.fits(request)) {
            return Optional.of(spare.link);
        }
        spare.link.discard();
        return Optional.empty();
    }

    private record Spare(Wire.Request request, DiscordLink link) {

        /** The session's sequence number has gone on meanwhile, and does not matter. */
        boolean fits(Wire.Request wanted) {
            Session prepared = request.session();
            Session session = wanted.session();
            return prepared != null
                    && session != null
                    && prepared.id().equals(session.id())
                    && request.url().equals(wanted.url())
                    && !link.observed().hasFailed();
        }
    }
}
