package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code demo} as a newcomer starts it. */
class DemoIT {

    @Test
    void isConnectedToFiveGuildsWith1250Users() throws Exception {
        String port = Integer.toString(FreePort.find());
        Path data = Files.createTempDirectory("gatewatch");
        Files.writeString(data.resolve("sessions.json"), "a real service's");
        try (RunningService demo = RunningService.start(
                Map.of("GATEWATCH_DATA_DIR", data.toString()), "demo", "--scenario", "calm", "--port", port)) {
            JsonNode status = demo.await(now -> now.path("status").asText().equals("connected")
                    && now.path("users").asInt() == 1_250
                    && !now.path("latency").isNull());

            assertThat(status.path("guilds").asInt()).isEqualTo(5);
            assertThat(demo.status("/health")).isEqualTo(200);
            assertThat(demo.status("/q/health/ready")).isEqualTo(200);
            assertThat(demo.status("/q/openapi")).isEqualTo(200);
            assertThat(demo.get("/q/openapi?format=json").path("paths").has("/health"))
                    .isTrue();
            assertThat(demo.status("/q/swagger-ui/")).as("for development only").isEqualTo(404);
            assertThat(demo.log()).contains("http://localhost:").contains("http://127.0.0.1:" + port + "/_sim/state");
            assertThat(somebodyUsesStatus(port)
                            .at("/answer/embeds/0/fields/0/value")
                            .asText())
                    .isEqualTo("connected");
            assertThat(demo.terminate()).isZero();
            assertThat(data.resolve("sessions.json")).content().isEqualTo("a real service's");
            assertThat(data.resolve("demo/gatewatch.db")).exists();
            assertThat(data).isDirectoryNotContaining("glob:**gatewatch.{db,lock}");
        }
    }

    /** The README's two requests. */
    private static JsonNode somebodyUsesStatus(String port) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        URI interactions = URI.create("http://127.0.0.1:" + port + "/_sim/interactions");
        HttpRequest use = HttpRequest.newBuilder(interactions)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"command\":\"status\"}"))
                .build();
        assertThat(http.send(use, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        HttpRequest look = HttpRequest.newBuilder(interactions).build();
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> new ObjectMapper()
                                .readTree(http.send(look, HttpResponse.BodyHandlers.ofString())
                                        .body())
                                .get(0),
                        view -> view.path("state").asText().matches("answered|failed"));
    }
}
