package dev.gatewatch.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Gatewatch, asked over HTTP; blocks. Safe for use by several threads.
 *
 * <p>By {@link HttpURLConnection}, which is there in a tenth of the time of {@code java.net.http}: that one prepares TLS and a thread
 * pool before the first plain request.
 */
public final class Server {

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final ServerAddress address;
    private final @Nullable String token;
    private final Duration timeout;

    /**
     * For a server that may or may not be there.
     *
     * @param token what to send as bearer token; null for none
     * @param timeout how long connecting, and each wait for the server, may take; at least 1 ms
     */
    public Server(ServerAddress address, @Nullable String token, Duration timeout) {
        this.address = address;
        this.token = token;
        this.timeout = timeout;
    }

    ServerAddress address() {
        return address;
    }

    Duration timeout() {
        return timeout;
    }

    /** {@code /discord-status}. */
    Reading status() throws NoAnswerException {
        String text = get("/discord-status")
                .orElseThrow(
                        () -> new NoAnswerException(Trouble.notGatewatch(address, "HTTP 404 for /discord-status")));
        return reading(text);
    }

    /** Reads a status that came from this server by another way. */
    Reading reading(String text) throws NoAnswerException {
        try {
            Fields fields = Fields.parse(text);
            if (fields.text("status") == null) {
                throw new NoAnswerException(Trouble.notGatewatch(address, "no \"status\" in its answer"));
            }
            return Reading.of(fields, text);
        } catch (IOException e) {
            throw new NoAnswerException(Trouble.notGatewatch(address, "its answer is not JSON"));
        }
    }

    /** The {@code database} of {@code /health}; null when it is not told. */
    @Nullable
    String database() {
        try {
            Optional<Fields> health = fields("/health");
            return health.map(fields -> fields.text("database")).orElse(null);
        } catch (NoAnswerException e) {
            return null;
        }
    }

    /** A JSON object; empty when the server has no such path. */
    Optional<Fields> fields(String path) throws NoAnswerException {
        Optional<String> text = get(path);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Fields.parse(text.get()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The stream of events, open; empty when the server has none.
     *
     * @param silence how long a wait for its next byte may take
     */
    Optional<HttpURLConnection> stream(@Nullable String lastEventId, Duration silence) throws NoAnswerException {
        try {
            HttpURLConnection connection = connect("/discord-status/stream");
            connection.setRequestProperty("Accept", "text/event-stream");
            if (lastEventId != null) {
                connection.setRequestProperty("Last-Event-ID", lastEventId);
            }
            connection.setReadTimeout(millis(silence));
            String type = connection.getResponseCode() == 200 ? connection.getContentType() : null;
            if (type == null || !type.startsWith("text/event-stream")) {
                connection.disconnect();
                return Optional.empty();
            }
            return Optional.of(connection);
        } catch (IOException e) {
            throw new NoAnswerException(Trouble.of(e, address, timeout));
        }
    }

    /** The text at a path; empty on 404. The 503 of {@code /health} has its text too. */
    private Optional<String> get(String path) throws NoAnswerException {
        try {
            HttpURLConnection connection = connect(path);
            int status = connection.getResponseCode();
            boolean told = status == 200 || (status == 503 && path.equals("/health"));
            if (status == 404) {
                drain(connection.getErrorStream());
                return Optional.empty();
            }
            if (!told) {
                drain(connection.getErrorStream());
                String location = connection.getHeaderField("Location");
                throw new NoAnswerException(Trouble.of(status, location, token != null, address));
            }
            return Optional.of(text(status == 200 ? connection.getInputStream() : connection.getErrorStream()));
        } catch (IOException e) {
            throw new NoAnswerException(Trouble.of(e, address, timeout));
        }
    }

    private HttpURLConnection connect(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) address.path(path).toURL().openConnection();
        connection.setInstanceFollowRedirects(false); // the token goes where it was meant to go, and nowhere else
        connection.setConnectTimeout(millis(timeout));
        connection.setReadTimeout(millis(timeout));
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "application/json");
        if (token != null) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        return connection;
    }

    private static String text(@Nullable InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (in != null) {
            try (in) {
                byte[] buffer = new byte[8_192];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    bytes.write(buffer, 0, count);
                    if (bytes.size() > MOST_BYTES) {
                        throw new IOException("the answer is longer than 16 MB");
                    }
                }
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void drain(@Nullable InputStream in) throws IOException {
        text(in);
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
    }
}
