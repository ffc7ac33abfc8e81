package dev.gatewatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What version 1.0 left behind when it was killed, under {@code src/test/resources/upgrade/1.0}.
 *
 * <p>Both recordings have three shards, closed and open incidents, notes, a maintenance window, samples, an open alert
 * with an undelivered message, and a journal, since the database was away at the end. Never edit them: they stand for
 * what users have.
 */
final class FirstRelease {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RECORDED = Path.of("src/test/resources/upgrade/1.0");

    private final Path recorded;

    private FirstRelease(String database) {
        recorded = RECORDED.resolve(database);
    }

    /** The recording with SQLite, whose database is the file {@code gatewatch.db}. */
    static FirstRelease withSqlite() {
        return new FirstRelease("sqlite");
    }

    /** The recording with PostgreSQL, whose database is dumped in {@code gatewatch.sql}. */
    static FirstRelease withPostgres() {
        return new FirstRelease("postgresql");
    }

    /** Copies the data directory. */
    void copyTo(Path data) throws IOException {
        try (var files = Files.list(recorded)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, data.resolve(file.getFileName()));
            }
        }
    }

    /** Fills an empty PostgreSQL with the dump. */
    void load(String url, String user) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, user, user);
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(recorded.resolve("gatewatch.sql")));
        }
    }

    /** The ids of all events in the journal. */
    List<String> journalled() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : Files.readAllLines(recorded.resolve("history.journal"))) {
            JsonNode id = JSON.readTree(line.substring(line.indexOf(' '))).at("/event/id");
            if (!id.isMissingNode()) {
                ids.add(id.asText());
            }
        }
        return ids;
    }

    /** What version 1.0 answered on a path, as it is kept in a file. */
    JsonNode answer(String name) throws IOException {
        return JSON.readTree(Files.readAllBytes(recorded.resolve("answers").resolve(name)));
    }

    /** Makes the sessions as young as if they had just been written, and lets them resume at this gateway. */
    static void refresh(Path data, URI gateway) throws IOException {
        Path file = data.resolve("sessions.json");
        ObjectNode sessions = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        for (JsonNode session : sessions.path("shards")) {
            double now = Instant.now().getEpochSecond();
            ((ObjectNode) session).put("saved", now);
            if (session.hasNonNull("resumeUrl")) {
                ((ObjectNode) session).put("resumeUrl", gateway.toString());
            }
        }
        Files.write(file, JSON.writeValueAsBytes(sessions));
    }

    /**
     * Addresses the messages in the outbox to this hook and makes them young enough to be told; returns their ids.
     *
     * @param hook a {@code json} target; the outbox knows it by a digest, as it was when the recording was made
     */
    static List<String> address(String url, String user, URI hook) throws Exception {
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(hook.toString().getBytes(StandardCharsets.UTF_8));
        String target = "json-" + HexFormat.of().formatHex(digest, 0, 8);
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, user, user);
                Statement all = connection.createStatement();
                PreparedStatement change =
                        connection.prepareStatement("UPDATE alert_message SET target = ?, content = ? WHERE id = ?")) {
            List<String> contents = new ArrayList<>();
            try (ResultSet rows = all.executeQuery("SELECT id, content FROM alert_message ORDER BY id")) {
                while (rows.next()) {
                    ids.add(rows.getString("id"));
                    contents.add(rows.getString("content"));
                }
            }
            for (int i = 0; i < ids.size(); i++) {
                ObjectNode content = (ObjectNode) JSON.readTree(contents.get(i));
                content.put("time", Instant.now().toString());
                change.setString(1, target);
                change.setString(2, content.toString());
                change.setString(3, ids.get(i));
                change.executeUpdate();
            }
        }
        return ids;
    }

    /** The ids of all events in the database. */
    static List<String> events(String url, String user) throws Exception {
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, user, user);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM event")) {
            while (rows.next()) {
                ids.add(rows.getString("id"));
            }
        }
        return ids;
    }
}
