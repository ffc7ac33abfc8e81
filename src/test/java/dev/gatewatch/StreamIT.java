package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.api.SseClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live stream of the packaged program across its end and its return. */
class StreamIT {

    @TempDir
    Path data;

    @Test
    void saysGoodByeAtShutdownAndGoesOnWithTheNextProcess() throws Exception {
        Map<String, String> variables = Map.of("GATEWATCH_DATA_DIR", data.toString());
        SseClient.Event last;
        try (RunningService service = RunningService.start(variables)) {
            service.await(status -> status.path("status").asText().equals("stopped"));
            try (SseClient client = SseClient.connect(stream(service), "")) {
                client.await("a status", c -> !c.named("status").isEmpty());
                last = newest(service);

                assertThat(service.terminate()).isIn(0, 143);
                client.awaitEnd();
                assertThat(client.events().get(client.events().size() - 1).name())
                        .isEqualTo("bye");
                assertThat(client.comments()).doesNotContain("(broken off)");
            }
        }
        try (RunningService service = RunningService.start(variables)) {
            service.await(status -> status.path("status").asText().equals("stopped"));
            try (SseClient client = SseClient.connect(stream(service), last.id())) {
                client.await("what the new process told", c -> c.named("fact").size() >= 3);

                List<String> later = new ArrayList<>();
                for (JsonNode item : service.get("/history/events").get("items")) {
                    if (item.get("id").asText().compareTo(last.id()) > 0) {
                        later.add(0, item.get("id").asText());
                    }
                }
                assertThat(client.named("fact").stream().map(SseClient.Event::id))
                        .isEqualTo(later);
                assertThat(client.named("gap")).isEmpty();
            }
        }
    }

    private static SseClient.Event newest(RunningService service) {
        JsonNode items = Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> service.get("/history/events").path("items"), found -> found.size() >= 3);
        return new SseClient.Event(items.get(0).get("id").asText(), "fact", "");
    }

    private static URI stream(RunningService service) {
        return service.address("/discord-status/stream");
    }
}
