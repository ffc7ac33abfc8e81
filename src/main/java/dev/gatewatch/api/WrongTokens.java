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
 * Counts wrong tokens, so that nobody can guess for long: per client and over all clients.
 *
 * <p>A client that was wrong {@value #PER_CLIENT} times within a minute has to wait, even with the right token. So has
 * everybody after {@value #ALL} wrong ones in all, except for clients that have shown the right one: guesses from many addresses
 * do not lock the operator out. Bounded and thread-safe.
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
    private final Map<String, Deque<Long>> clients = new Latest<>();
    private final Map<String, Boolean> trusted = new Latest<>();

    WrongTokens() {
        this(System::nanoTime);
    }

    WrongTokens(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long this client has to wait before a token of it is looked at; empty when it need not. */
    synchronized Optional<Duration> wait(String client) {
        String network = network(client);
        Optional<Duration> own = left(clients.getOrDefault(network, new ArrayDeque<>()), PER_CLIENT);
        return own.isPresent() || trusted.containsKey(network) ? own : left(all, ALL);
    }

    /** A wrong token came from this client. */
    synchronized void wrong(String client) {
        long now = nanos.getAsLong();
        Deque<Long> own = clients.computeIfAbsent(network(client), unseen -> new ArrayDeque<>());
        left(own, PER_CLIENT); // forgets what is old
        if (own.isEmpty()) {
            LogEvent.TOKEN_REFUSED.log(
                    log, "A wrong token came from %s; more of them within a minute are not logged", client);
        }
        own.addLast(now);
        all.addLast(now);
    }

    /** The right token came from this client. */
    synchronized void right(String client) {
        trusted.put(network(client), true);
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
    private static final class Latest<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1L;

        Latest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST_CLIENTS;
        }
    }
}
