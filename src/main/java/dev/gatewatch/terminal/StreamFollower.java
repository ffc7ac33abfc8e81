package dev.gatewatch.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the server's stream of events, and comes back to it when it ends. One thread of its own runs it.
 *
 * <p>What goes wrong here is told as a lost stream only: the poller finds out why, and as long as it has no answer no stream is asked for.
 */
final class StreamFollower implements Runnable {

    /** A stream says something every 15 s, by default; when it does not, it is asked again in another way. */
    private static final Duration SILENCE = Duration.ofSeconds(40);

    /** What the server asks for in {@code retry}. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** A server without a stream may be replaced by a newer one. */
    private static final Duration LONG_PAUSE = Duration.ofMinutes(5);

    private static final Set<String> EDGES = Set.of("connected", "resumed", "disconnected", "stopped");

    private final Server server;
    private final Consumer<Update> news;
    private final Poller poller;
    private @Nullable String lastId;

    /**
     * Prepares to follow.
     *
     * @param poller reads the history and the status anew when the stream says that they changed
     */
    StreamFollower(Server server, Consumer<Update> news, Poller poller) {
        this.server = server;
        this.news = news;
        this.poller = poller;
    }

    @Override
    public void run() {
        try {
            while (true) {
                poller.awaitAnswer();
                Thread.sleep(follow().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Follows until it ends; gives the pause after which to try again. */
    private Duration follow() {
        try {
            Optional<HttpURLConnection> stream = server.stream(lastId, SILENCE);
            if (stream.isEmpty()) {
                news.accept(new Update.StreamLost(Update.Way.NO_STREAM));
                return LONG_PAUSE;
            }
            read(stream.get());
        } catch (NoAnswerException | IOException e) {
            // the poller tells
        }
        news.accept(new Update.StreamLost(Update.Way.POLLING));
        poller.ask();
        return PAUSE;
    }

    private void read(HttpURLConnection stream) throws IOException {
        EventStreamParser parser = new EventStreamParser();
        byte[] buffer = new byte[8_192];
        try (InputStream in = stream.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                news.accept(new Update.StreamBeat(Instant.now()));
                for (ServerEvent event : parser.feed(buffer, count)) {
                    tell(event);
                }
            }
        } finally {
            stream.disconnect();
        }
    }

    private void tell(ServerEvent event) throws IOException {
        try {
            if (event.name().equals("status")) {
                news.accept(new Update.StatusStreamed(server.reading(event.data()), Instant.now()));
            } else if (event.name().equals("fact")) {
                lastId = event.id().isEmpty() ? lastId : event.id();
                PastEvent fact = PastEvent.of(Fields.parse(event.data()));
                if (fact != null) {
                    news.accept(new Update.FactStreamed(fact, Instant.now()));
                    if (EDGES.contains(fact.kind())) {
                        poller.ask(); // incidents and uptime may have changed
                    }
                }
            }
        } catch (NoAnswerException e) {
            throw new IOException(e);
        }
    }
}
