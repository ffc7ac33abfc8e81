package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The packaged program and a Discord that is within its rights, but does not say what is usual. */
class UnevenDiscordIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double LONGER_THAN_ASKED_FOR = 10;

    @Test
    void ofFourShardsWithOneIdentifyAboveTheReserveOneIdentifiesAndTheOthersSayWhyTheyWait() throws Exception {
        try (Simulator simulator = simulator(rules(51).withShards(4, 1));
                RunningService service =
                        RunningService.startAgainst(simulator, Map.of("DISCORD_IDENTIFY_RESERVE", "50"))) {
            JsonNode status = service.await(now -> now.path("shards").size() == 4
                    && shards(now).allMatch(shard -> isConnected(shard) || hasError(shard)));

            assertThat(shards(status).filter(UnevenDiscordIT::isConnected)).hasSize(1);
            assertThat(shards(status).filter(shard -> !isConnected(shard)))
                    .hasSize(3)
                    .allSatisfy(
                            shard -> assertThat(shard.at("/last_error/message").asText())
                                    .contains("of 51 IDENTIFYs are left and 50 are kept in reserve: waiting until"));
            assertThat(status.at("/identify_budget/remaining").asInt()).isEqualTo(50);
            assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(1);
            assertThat(simulator.violations()).isEmpty();
        }
    }

    @Test
    void oneUnreadableFieldOfReadyOrResumedKeepsNoShardFromConnectingOrFromResuming() throws Exception {
        try (Simulator simulator = simulator(rules(1_000).withShards(4, 1));
                AlteringProxy discord = new AlteringProxy(simulator, new OneUnreadableField());
                RunningService service = start(simulator, discord)) {
            JsonNode status = service.await(now -> now.path("recent_errors").asInt() > 0 || areConnected(now, 4));

            assertThat(status.path("recent_errors").asInt())
                    .as(status.toString())
                    .isZero();
            simulator.faults().inject("close", Map.of("code", 4000));
            Awaitility.await("all have resumed")
                    .atMost(PATIENCE)
                    .until(() -> simulator.state().at("/counters/resumes").asInt() == 4);
            service.await(now -> areConnected(now, 4));
            assertThat(discord.upgrades().stream().filter(path -> path.startsWith("/resume")))
                    .as("the shard without a resume URL resumes at the gateway's")
                    .hasSize(3);
            assertThat(discord.upgrades()).hasSize(8);
            assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(4);
            assertThat(simulator.violations()).isEmpty();
        }
    }

    @Test
    void dispatchesThatTheLibraryDoesNotKnowAreNoErrorsAndRateLimitedIsCounted() throws Exception {
        try (Simulator simulator = simulator(rules(1_000));
                RunningService service = RunningService.startAgainst(simulator, Map.of())) {
            service.awaitConnected();

            List.of(
                            "GUILD_SOUNDBOARD_SOUND_CREATE",
                            "SOUNDBOARD_SOUNDS",
                            "ENTITLEMENT_CREATE",
                            "SUBSCRIPTION_CREATE",
                            "VOICE_CHANNEL_STATUS_UPDATE")
                    .forEach(type -> assertThat(simulator.dispatch(type, object().put("id", "1")))
                            .isEqualTo(1));
            ObjectNode limited = object().put("opcode", 8).put("retry_after", 30.0);
            limited.putObject("meta").put("guild_id", "1").put("nonce", "n");
            simulator.dispatch("RATE_LIMITED", limited);
            simulator.faults().inject("reconnect"); // no error; its rows come after all rows of the dispatches

            Awaitility.await("the resume is in the history").atMost(PATIENCE).until(() -> kinds(service)
                    .contains("resumed"));
            assertThat(kinds(service)).doesNotContain("error_occurred");
            assertThat(service.awaitConnected().path("recent_errors").asInt()).isZero();
            assertThat(service.log()).doesNotContain("could not be understood");
            assertThat(metrics(service))
                    .contains("gatewatch_rate_limits_total{opcode=\"8\",shard=\"0\"} 1.0")
                    .contains("gatewatch_events_received_total{shard=\"0\",type=\"ENTITLEMENT_CREATE\"} 1.0");
        }
    }

    @Test
    void anAddressWithParametersOfItsOwnKeepsThemAtConnectAndAtResume() throws Exception {
        try (Simulator simulator = simulator(rules(1_000));
                AlteringProxy discord = new AlteringProxy(simulator, new AddressesWithParameters());
                RunningService service = start(simulator, discord)) {
            service.awaitConnected();
            simulator.faults().inject("close", Map.of("code", 4000));
            Awaitility.await("it has resumed")
                    .atMost(PATIENCE)
                    .until(() -> simulator.state().at("/counters/resumes").asInt() == 1);

            assertThat(discord.upgrades())
                    .containsExactly(
                            "/gate?v=10&encoding=json&compress=zlib-stream&pool=blue",
                            "/resume?v=10&encoding=json&compress=zlib-stream&pool=green");
        }
    }

    @Test
    void aSessionWithoutAnAddressOfItsOwnIsResumedAtTheGatewaysAndNotTwiceAtOnce() throws Exception {
        try (Simulator simulator = simulator(rules(1_000));
                AlteringProxy discord = new AlteringProxy(simulator, new NoResumeUrl());
                RunningService service = start(simulator, discord)) {
            service.awaitConnected();

            simulator.faults().inject("refuse", Map.of("seconds", 600));
            Awaitility.await("an attempt has failed").atMost(PATIENCE).until(() -> kinds(service)
                    .contains("attempt_failed"));
            simulator.faults().healAll();
            Awaitility.await("it has resumed")
                    .atMost(PATIENCE)
                    .until(() -> simulator.state().at("/counters/resumes").asInt() == 1);
            List<JsonNode> facts = facts(service, "resumed");

            List<JsonNode> resumes = facts.stream()
                    .filter(fact -> is(fact, "recovery", "resume"))
                    .toList();
            assertThat(resumes)
                    .allSatisfy(
                            fact -> assertThat(fact.path("endpoint").asText()).isEqualTo("gateway_url"));
            assertThat(resumes.stream()
                            .filter(fact -> is(fact, "kind", "plan_made"))
                            .map(fact -> fact.path("duration_seconds").asDouble()))
                    .as("at once after the loss, and later after each attempt that failed")
                    .hasSizeGreaterThan(1)
                    .first()
                    .isEqualTo(0.0);
            assertThat(resumes.stream()
                            .filter(fact -> is(fact, "kind", "plan_made"))
                            .skip(1))
                    .allSatisfy(fact ->
                            assertThat(fact.path("duration_seconds").asDouble()).isPositive());
            assertThat(discord.upgrades())
                    .allMatch(path -> path.equals(discord.upgrades().get(0)));
            assertThat(simulator.violations()).isEmpty();
        }
    }

    @Test
    void aSessionThatIsLostAgainAtOnceIsResumedTwentyTimesAndThenLaterAndTheStatusSaysWhy() throws Exception {
        try (Simulator simulator = simulator(rules(1_000));
                RunningService service = RunningService.startAgainst(simulator, Map.of())) {
            service.awaitConnected();

            for (int resumes = 1; resumes <= 20; resumes++) {
                int expected = resumes;
                simulator.faults().inject("close", Map.of("code", 4000));
                Awaitility.await("it has resumed " + expected + " times")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> simulator.state().at("/counters/resumes").asInt() == expected);
                service.awaitConnected();
            }
            assertThat(facts(service, "resumed").stream()
                            .filter(fact -> is(fact, "kind", "plan_made"))
                            .map(fact -> fact.path("duration_seconds").asDouble()))
                    .as("twenty times at once")
                    .hasSize(20)
                    .containsOnly(0.0);

            simulator.faults().inject("close", Map.of("code", 4000));
            JsonNode waiting =
                    service.await(now -> now.at("/next_attempt/in_seconds").asDouble() > 0);

            assertThat(waiting.path("status").asText()).isEqualTo("resuming");
            assertThat(waiting.at("/next_attempt/reason").asText())
                    .contains("the last 21 connections lasted less than 30 s each");
            assertThat(waiting.at("/next_attempt/in_seconds").asDouble()).isLessThanOrEqualTo(30);
            service.awaitConnected();
            assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(1);
            assertThat(simulator.violations()).isEmpty();
        }
    }

    @Test
    void aRetryAfterThatIsADateIsWaitedForAndNoLonger() throws Exception {
        try (Simulator simulator = simulator(rules(1_000));
                AlteringProxy discord = new AlteringProxy(simulator, new RetryAfterAsDate())) {
            simulator
                    .faults()
                    .inject("http-429-retry-after", Map.of("route", "/gateway/bot", "retryAfter", 3, "count", 1));

            try (RunningService service = start(simulator, discord)) {
                JsonNode status =
                        service.await(now -> now.path("status").asText().equals("connected")
                                || now.at("/next_attempt/in_seconds").asDouble() > LONGER_THAN_ASKED_FOR);

                assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("connected");
                assertThat(service.log()).contains("Discord asks for a pause (HTTP 429)");
                assertThat(simulator.violations())
                        .as("it has not come again too soon")
                        .isEmpty();
            }
        }
    }

    /** In the READY of each of four shards another field cannot be read; in RESUMED nothing can. */
    private static final class OneUnreadableField implements AlteringProxy.Alteration {

        @Override
        public void payload(ObjectNode payload) {
            switch (payload.path("t").asText()) {
                case "READY" -> ready((ObjectNode) payload.path("d"));
                case "RESUMED" -> payload.putNull("d");
                default -> {}
            }
        }

        private static void ready(ObjectNode data) {
            switch (data.at("/shard/0").asInt()) {
                case 0 -> data.putNull("resume_gateway_url");
                case 1 -> data.putNull("application");
                case 2 -> ((ObjectNode) data.path("application")).put("flags", 1L << 40);
                default -> data.path("guilds").forEach(guild -> ((ObjectNode) guild).putNull("unavailable"));
            }
        }
    }

    /** The gateway's URL and the resume URL have a path and a query. */
    private static final class AddressesWithParameters implements AlteringProxy.Alteration {

        @Override
        public void gatewayBot(HttpHeaders headers, ObjectNode body) {
            body.put("url", body.path("url").asText() + "/gate?pool=blue");
        }

        @Override
        public void payload(ObjectNode payload) {
            if (payload.path("d").has("resume_gateway_url")) {
                ObjectNode ready = (ObjectNode) payload.path("d");
                ready.put("resume_gateway_url", ready.path("resume_gateway_url").asText() + "?pool=green");
            }
        }
    }

    /** READY has no resume URL. */
    private static final class NoResumeUrl implements AlteringProxy.Alteration {

        @Override
        public void payload(ObjectNode payload) {
            if (payload.path("d") instanceof ObjectNode data) {
                data.remove("resume_gateway_url");
            }
        }
    }

    /** Says by a date alone how long to wait; it rounds up, since a date has whole seconds. */
    private static final class RetryAfterAsDate implements AlteringProxy.Alteration {

        @Override
        public void gatewayBot(HttpHeaders headers, ObjectNode body) {
            if (headers.contains(HttpHeaderNames.RETRY_AFTER)) {
                ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
                long seconds = Long.parseLong(headers.get(HttpHeaderNames.RETRY_AFTER)) + 1;
                headers.set(HttpHeaderNames.DATE, DateTimeFormatter.RFC_1123_DATE_TIME.format(now))
                        .set(
                                HttpHeaderNames.RETRY_AFTER,
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(seconds)))
                        .remove("X-RateLimit-Reset-After")
                        .remove("X-RateLimit-Reset");
                body.remove("retry_after");
            }
        }
    }

    private static RunningService start(Simulator simulator, AlteringProxy discord) throws Exception {
        return RunningService.start(
                Map.of("DISCORD_TOKEN", simulator.token(), "DISCORD_API_BASE_URL", discord.apiBaseUrl()));
    }

    private static Simulator simulator(Rules rules) {
        return Simulator.start(
                SimulatorOptions.defaults().withPort(0).withGuilds(16, 160).withRules(rules));
    }

    /** All buckets at once, so many IDENTIFYs a day. */
    private static Rules rules(int identifies) {
        return Rules.discord().withIdentifies(16, Duration.ofSeconds(5), identifies);
    }

    private static Stream<JsonNode> shards(JsonNode status) {
        return StreamSupport.stream(status.path("shards").spliterator(), false);
    }

    private static boolean areConnected(JsonNode status, int shards) {
        return shards(status).filter(UnevenDiscordIT::isConnected).count() == shards;
    }

    private static boolean isConnected(JsonNode shard) {
        return shard.path("phase").asText().equals("connected");
    }

    private static boolean hasError(JsonNode shard) {
        return shard.path("last_error").isObject();
    }

    /** All facts, oldest first, once the last of them is there. */
    private static List<JsonNode> facts(RunningService service, String last) {
        Awaitility.await(last + " is in the history")
                .atMost(PATIENCE)
                .until(() -> kinds(service).get(0).equals(last));
        List<JsonNode> facts = new ArrayList<>();
        service.get("/history/events?limit=1000").path("items").forEach(fact -> facts.add(0, fact));
        return facts;
    }

    private static boolean is(JsonNode fact, String field, String value) {
        return fact.path(field).asText().equals(value);
    }

    private static List<String> kinds(RunningService service) {
        return service.get("/history/events?limit=1000").path("items").findValuesAsText("kind");
    }

    private static String metrics(RunningService service) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(service.address("/q/metrics")).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
