package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The live stream, with real clients over real sockets; the facts are told by the test, and kept in a real SQLite. */
@QuarkusTest
@TestProfile(StreamTest.Settings.class)
class StreamTest {

    private static final int SHARD = 3;
    private static final int LIMIT = 505;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/discord-status/stream")
    URI address;

    @Inject
    ConnectionEvents events;

    @Test
    void sendsTheStatusAtOnceExactlyAsDiscordStatusAnswersIt() throws Exception {
        events.publish(new ConnectionEvent.Started(SHARD, Instant.now()));
        try (SseClient client = connect("")) {
            client.await("a status", c -> !c.named("status").isEmpty());

            assertThat(client.status()).isEqualTo(200);
            assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(client.header("Cache-Control")).isEqualTo("no-store");
            assertThat(client.retry()).isEqualTo("2000");
            SseClient.Event first = client.events().get(0);
            assertThat(first.name()).isEqualTo("status");
            assertThat(first.id()).isEmpty();
            assertThat(shape(JSON.readTree(first.data())))
                    .isEqualTo(shape(
                            JSON.readTree(RestAssured.get("/discord-status").asString())));
        }
    }

    @Test
    void sendsEachChangeOfTheStatus() throws Exception {
        events.publish(new ConnectionEvent.Started(SHARD, Instant.now()));
        try (SseClient client = connect("")) {
            client.await("a status", c -> !c.named("status").isEmpty());
            events.publish(new ConnectionEvent.GuildsCounted(SHARD, Instant.now(), 4_711, 1));

            client.await("the change", c -> lastStatus(c).contains("\"guilds\":4711"));
        }
    }

    @Test
    void sendsEachFactWithItsIdExactlyAsTheHistoryListsIt() throws Exception {
        try (SseClient client = connect("")) {
            client.await("a status", c -> !c.named("status").isEmpty());
            tell("the very one");
            client.await("the fact", c -> facts(c).contains("the very one"));

            SseClient.Event fact = client.named("fact").get(0);
            JsonNode item = awaitInHistory(fact.id());
            assertThat(JSON.readTree(fact.data())).isEqualTo(item);
            assertThat(item.get("id").asText()).isEqualTo(fact.id());
        }
    }

    @Test
    void goesOnBehindTheLastEventIdWithoutGapOrDuplicateWhileMoreHappens() throws Exception {
        SseClient.Event last = one("before the cut");
        int away = 5_000; // more than memory holds: the rest is read from the database
        IntStream.range(0, away).forEach(i -> tell("away " + i));
        Thread more = new Thread(() -> IntStream.range(away, away + 2_000).forEach(i -> tell("away " + i)));
        more.start();
        try (SseClient client = connect(last.id())) {
            client.await("all that was missed", c -> told(c, "\"away " + (away + 1_999) + "\""));
            more.join();

            List<String> expected =
                    IntStream.range(0, away + 2_000).mapToObj(i -> "away " + i).toList();
            assertThat(facts(client).stream().filter(words -> words.startsWith("away")))
                    .isEqualTo(expected);
            assertThat(client.named("gap")).isEmpty();
            assertThat(client.named("fact").stream().map(SseClient.Event::id))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void takesTheLastEventIdAsAParameterTooForBrowsersFirstTime() throws Exception {
        SseClient.Event last = one("seen");
        tell("missed");
        URI withId = URI.create(address + "?last_event_id=" + last.id());
        try (SseClient client = SseClient.connect(withId, "")) {
            client.await("what was missed", c -> facts(c).contains("missed"));

            assertThat(facts(client)).first().isEqualTo("missed");
        }
    }

    @Test
    void letsAReaderThatIsCutOffBeforeItsFirstFactComeBack() throws Exception {
        String begun;
        try (SseClient client = connect("")) {
            client.await("a status", c -> !c.named("status").isEmpty());
            begun = client.lastEventId();
        }
        tell("missed from the start");
        try (SseClient client = connect(begun)) {
            client.await("what was missed", c -> facts(c).contains("missed from the start"));

            assertThat(facts(client)).first().isEqualTo("missed from the start");
            assertThat(client.named("gap")).isEmpty();
        }
    }

    @Test
    void tellsAGapToAReaderWhoseIdIsOlderThanTheHistory() throws Exception {
        tell("known to the history");
        try (SseClient client = connect("01000000000000000000000000")) {
            client.await("the gap", c -> !c.named("gap").isEmpty());

            assertThat(client.named("gap")).singleElement().satisfies(gap -> {
                assertThat(gap.data()).contains("does not reach back");
                assertThat(gap.id()).isNotEmpty();
            });
        }
    }

    @Test
    void tellsAGapInsteadOfFactsThatAreOlderThanADay() {
        SseClient.Event last = one("before the absence");
        Instant longAgo = Instant.now().minus(Duration.ofHours(25));
        events.publish(new ConnectionEvent.ErrorOccurred(SHARD, longAgo, "TEST", "long ago"));
        IntStream.range(0, 2_100).forEach(i -> tell("since then " + i)); // more than memory holds
        try (SseClient client = connect(last.id())) {
            client.await("the latest", c -> told(c, "\"since then 2099\""));

            assertThat(client.named("gap")).singleElement().satisfies(gap -> assertThat(gap.data())
                    .contains("older than 24 h"));
            assertThat(facts(client)).doesNotContain("long ago");
        }
    }

    @Test
    void survivesAKilledConnectionAgainAndAgain() throws Exception {
        String last = one("first of the series").id();
        List<String> seen = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            String words = "series " + round;
            tell(words);
            try (SseClient client = connect(last)) {
                client.await(words, c -> facts(c).contains(words));
                client.named("fact").forEach(fact -> seen.add(text(fact)));
                last = client.named("fact").get(client.named("fact").size() - 1).id();
            }
        }

        assertThat(seen)
                .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "series " + i).toList());
    }

    @Test
    void tellsOfAGapWhenTheLastEventIdIsNotOurs() throws Exception {
        tell("known");
        for (String foreign : List.of("4711", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")) {
            try (SseClient client = connect(foreign)) {
                client.await("what is known", c -> facts(c).contains("known"));

                assertThat(client.named("gap")).singleElement().satisfies(gap -> assertThat(gap.data())
                        .contains("not one of this history's"));
            }
        }
    }

    @Test
    void saysSomethingAlthoughNothingHappens() {
        try (SseClient client = connect("")) {
            client.await("heartbeats", c -> c.comments().size() >= 2);

            assertThat(client.comments()).containsOnly("heartbeat");
        }
    }

    @Test
    void slowAndDeadReadersHoldNobodyBackAndAreCutOff() throws Exception {
        List<Socket> dead = new ArrayList<>();
        try (SseClient healthy = connect("")) {
            healthy.await("a status", c -> !c.named("status").isEmpty());
            for (int i = 0; i < 500; i++) {
                dead.add(deadReader());
            }
            long begin = System.nanoTime();
            String long1 = "x".repeat(1_500);
            for (int i = 0; i < 3_000; i++) {
                tell("busy " + i + " " + long1);
            }
            Duration telling = Duration.ofNanos(System.nanoTime() - begin);
            healthy.await("everything", c -> told(c, "\"busy 2999 "));

            assertThat(healthy.named("fact").stream().filter(fact -> fact.data().contains("\"busy ")))
                    .hasSize(3_000);
            assertThat(healthy.named("gap")).isEmpty();
            assertThat(telling).as("telling 3,000 facts").isLessThan(Duration.ofMinutes(2));
            RestAssured.get("/health").then().statusCode(anyOf(is(200), is(503)));
            Awaitility.await("the dead to be cut off")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> canOpen(LIMIT - 1));
        } finally {
            for (Socket socket : dead) {
                socket.close();
            }
        }
    }

    /** Whether a fact says so; a status says the last error's words, too, and may be sent before the facts. */
    private static boolean told(SseClient client, String words) {
        return client.named("fact").stream().anyMatch(fact -> fact.data().contains(words));
    }

    @Test
    void refusesMoreStreamsThanAllowedInWords() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            Awaitility.await("streams of other tests to be gone")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> canOpen(LIMIT));
            for (int i = 0; i < LIMIT; i++) {
                open.add(deadReader());
                assertThat(open.get(i).getInputStream().read())
                        .as("the answer's first letter")
                        .isEqualTo('H');
            }

            RestAssured.get("/discord-status/stream")
                    .then()
                    .statusCode(503)
                    .contentType("application/json")
                    .header("Retry-After", "10")
                    .body("message", containsString("GATEWATCH_STREAM_LIMIT"));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void onlyGetIsUnderstood() {
        RestAssured.post("/discord-status/stream")
                .then()
                .statusCode(405)
                .contentType("application/json")
                .header("Allow", "GET");
    }

    private SseClient connect(String lastEventId) {
        return SseClient.connect(address, lastEventId);
    }

    /** Asks for the stream and never reads it. */
    private Socket deadReader() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        socket.getOutputStream()
                .write("GET /discord-status/stream HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Whether so many streams can be open at a time. */
    private boolean canOpen(int count) throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                open.add(deadReader());
            }
            byte[] answer = new byte[12];
            Socket last = open.get(count - 1);
            return last.getInputStream().readNBytes(answer, 0, 12) == 12
                    && new String(answer, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private void tell(String words) {
        events.publish(new ConnectionEvent.ErrorOccurred(SHARD, Instant.now(), "TEST", words));
    }

    /** Tells a fact and gives it as a reader sees it. */
    private SseClient.Event one(String words) {
        try (SseClient client = connect("")) {
            client.await("a status", c -> !c.named("status").isEmpty());
            tell(words);
            client.await(words, c -> facts(c).contains(words));
            return client.named("fact").stream()
                    .filter(fact -> text(fact).equals(words))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> facts(SseClient client) {
        return client.named("fact").stream().map(StreamTest::text).toList();
    }

    private static String text(SseClient.Event fact) {
        try {
            return JSON.readTree(fact.data()).get("message").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lastStatus(SseClient client) {
        List<SseClient.Event> statuses = client.named("status");
        return statuses.get(statuses.size() - 1).data();
    }

    private static JsonNode awaitInHistory(String id) {
        return Awaitility.await("the fact in the history")
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            JsonNode items = JSON.readTree(RestAssured.get("/history/events?shard=" + SHARD)
                                            .asString())
                                    .get("items");
                            for (JsonNode item : items) {
                                if (item.get("id").asText().equals(id)) {
                                    return item;
                                }
                            }
                            return null;
                        },
                        item -> item != null);
    }

    /** The names of all fields, as deep as they go. */
    private static Set<String> shape(JsonNode node) {
        Set<String> names = new HashSet<>();
        node.fieldNames().forEachRemaining(name -> {
            names.add(name);
            shape(node.get(name)).forEach(inner -> names.add(name + "." + inner));
        });
        node.forEach(item -> shape(item).forEach(inner -> names.add("[]" + inner)));
        return names;
    }

    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of(
                        "gatewatch.history-enabled",
                        "true",
                        "gatewatch.data-dir",
                        Files.createTempDirectory("gatewatch-stream").toString(),
                        "gatewatch.stream-limit",
                        Integer.toString(LIMIT),
                        "gatewatch.stream-heartbeat",
                        "5s");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
