package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code demo} as a newcomer starts it. */
class DemoIT {

    @Test
    void isConnectedToFiveGuildsWith1250Users() throws Exception {
        String port = Integer.toString(RunningService.freePort());
        try (RunningService demo = RunningService.start(Map.of(), "demo", "--scenario", "calm", "--port", port)) {
            JsonNode status = demo.await(now -> now.path("status").asText().equals("connected")
                    && now.path("users").asInt() == 1_250
                    && !now.path("latency").isNull());

            assertThat(status.path("guilds").asInt()).isEqualTo(5);
            assertThat(demo.status("/health")).isEqualTo(200);
            assertThat(demo.status("/q/health/ready")).isEqualTo(200);
            assertThat(demo.log()).contains("http://localhost:").contains("http://127.0.0.1:" + port + "/_sim/state");
            assertThat(demo.terminate()).isZero();
        }
    }
}
