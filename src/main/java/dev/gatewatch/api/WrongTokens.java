package dev.gatewatch.api;

import dev.gatewatch.log.LogEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Counts wrong tokens per client and over all clients.
 *
 * <p>A client that was wrong {@value #PER_CLIENT} times within a minute is told to wait. So is every client that is wrong
 * after {@value #ALL} wrong tokens in all. The right token never waits: otherwise anybody could lock the operator out.
 * Bounded and thread-safe.
 */
@Singleton
final class WrongTokens {

    static final int PER_CLIENT = 10;
    static final int ALL = 100;

    private static final Logger log = Logger.getLogger(WrongTokens.class);
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    private static final int MOST_CLIENTS = 10_000;

    private final LongSupplier nanos;
    private final Deque<Long> all = new ArrayDeque<>();
    private final Map<String, Deque<Long>> clients = new Latest();

    WrongTokens() {
        this(System::nanoTime);
    }

    WrongTokens(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A wrong token came from this client. Returns how long it is to wait before the next, if it is. */
    synchronized Optional<Duration> wrong(String client) {
        Deque<Long> own = clients.computeIfAbsent(network(client), unseen -> new ArrayDeque<>());
        Optional<Duration> wait = left(own, PER_CLIENT).or(() -> left(all, ALL));
        if (wait.isPresent()) {
            return wait;
        }
        if (own.isEmpty()) {
            LogEvent.TOKEN_REFUSED.log(
                    log, "A wrong token came from %s; more of them within a minute are not logged", client);
        }
        long now = nanos.getAsLong();
        own.addLast(now);
        all.addLast(now);
        return Optional.empty();
    }

    private Optional<Duration> left(Deque<Long> times, int most) {
        long now = nanos.getAsLong();
        while (!times.isEmpty() && now - times.getFirst() >= WINDOW) {
            times.removeFirst();
        }
        return times.size() < most
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(WINDOW - (now - times.getFirst())));
    }

    /** An IPv4 address, or the half of an IPv6 address that one customer has for himself. */
    private static String network(String client) {
        String[] groups = client.split(":", -1);
        return groups.length < 5 ? client : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }

    /** Keeps the latest clients only. */
    private static final class Latest extends LinkedHashMap<String, Deque<Long>> {

        private static final long serialVersionUID = 1L;

        Latest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Long>> eldest) {
            return size() > MOST_CLIENTS;
        }
    }
}
