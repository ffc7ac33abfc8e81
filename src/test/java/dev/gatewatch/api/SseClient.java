package dev.gatewatch.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Reads server-sent events as the HTML standard says, from a real socket, into lists. */
public final class SseClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final InputStream body;
    private final HttpResponse<InputStream> response;
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile String retry = "";
    private volatile String lastEventId = "";
    private volatile boolean ended;

    private SseClient(HttpResponse<InputStream> response) {
        this.response = response;
        body = response.body();
        Thread reader = new Thread(this::read, "sse-client");
        reader.setDaemon(true);
        reader.start();
    }

    /** Connects; {@code lastEventId} may be empty. */
    public static SseClient connect(URI address, String lastEventId, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new SseClient(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An event; what it does not have is empty. */
    public record Event(String id, String name, String data) {}

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** What came so far. */
    public List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** The events of this name so far. */
    public List<Event> named(String name) {
        return events().stream().filter(event -> event.name().equals(name)).toList();
    }

    /** Whether an event with this in its data came. */
    public boolean saw(String text) {
        return events().stream().anyMatch(event -> event.data().contains(text));
    }

    public List<String> comments() {
        return List.copyOf(comments);
    }

    public String retry() {
        return retry;
    }

    /** Waits until what came is as wanted. */
    public SseClient await(String what, Predicate<SseClient> wanted) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> assertNotEnded(wanted))
                .until(() -> wanted.test(this));
        return this;
    }

    private void assertNotEnded(Predicate<SseClient> wanted) {
        if (ended && !wanted.test(this)) {
            throw new AssertionError("the stream ended after " + events.size() + " events " + comments);
        }
    }

    /** Waits until the stream has ended. */
    public SseClient awaitEnd() {
        return await("the stream's end", client -> client.ended);
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a browser would come back with. */
    String lastEventId() {
        return lastEventId;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int colon = line.indexOf(':');
                String field = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
                switch (field) {
                    case "id" -> id = value;
                    case "event" -> name = value;
                    case "data" -> data.append(value);
                    case "retry" -> retry = value;
                    default -> {
                        if (colon == 0) {
                            comments.add(value);
                        } else if (line.isEmpty() && data.length() > 0) {
                            events.add(new Event(id, name, data.toString()));
                            data.setLength(0);
                        }
                        if (line.isEmpty()) {
                            lastEventId = id.isEmpty() ? lastEventId : id;
                            id = "";
                            name = "";
                        }
                    }
                }
            }
        } catch (IOException e) {
            comments.add("(broken off)");
        } finally {
            ended = true;
        }
    }
}
