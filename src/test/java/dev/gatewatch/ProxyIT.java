package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.alert.Receiver;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program in a network whose one way out is a proxy, which alone can resolve the names. */
class ProxyIT {

    private static final String ADMIN = "admin-token-of-the-test-0123";

    @TempDir
    private Path folder;

    @Test
    void reachesDiscordAlertsAndTheDeadMansSwitchThroughTheProxyOfTheEnvironment() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.open(folder, "us@er:pa:ss/hush");
                Simulator simulator = simulator();
                Receiver receiver = new Receiver()) {
            lead(proxy, simulator, receiver);
            Map<String, String> variables = variables(simulator);
            variables.put("HTTPS_PROXY", "http://us%40er:pa%3Ass%2Fhush@127.0.0.1:" + proxy.port());
            try (RunningService service = RunningService.start(variables, trusting(proxy))) {
                service.awaitConnected();
                simulator.faults().inject("drop");
                service.await(
                        status -> simulator.state().at("/counters/resumes").asInt() == 1
                                && status.path("status").asText().equals("connected"));
                sendTestAlert(service);

                Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(receiver.requests())
                        .extracting(Receiver.Request::path)
                        .contains("/hook", "/ping"));
                service.awaitLog("Slash commands everywhere");
                assertThat(proxy.targets())
                        .contains("discord.names.test:443", "alerts.names.test:443", "deadman.names.test:443");
                assertThat(service.log())
                        .contains("https and wss go through the proxy 127.0.0.1:" + proxy.port())
                        .doesNotContain("hush")
                        .doesNotContain("us@er");
                assertThat(service.get("/discord-status").toString()).doesNotContain("hush");
            }
            assertThat(simulator.violations()).isEmpty();
        }
    }

    @Test
    void saysThatTheProxyOfTheSystemPropertiesRefusesAndConnectsOnceItDoesNot() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.open(folder, null);
                Simulator simulator = simulator();
                Receiver receiver = new Receiver()) {
            lead(proxy, simulator, receiver);
            proxy.refuse("403 Forbidden");
            try (RunningService service = RunningService.start(
                    variables(simulator),
                    "-Dhttps.proxyHost=127.0.0.1",
                    "-Dhttps.proxyPort=" + proxy.port(),
                    trusting(proxy)[0],
                    trusting(proxy)[1])) {
                JsonNode refused = service.await(status -> status.hasNonNull("last_error"));

                assertThat(refused.at("/last_error/message").asText())
                        .contains(
                                "The proxy of HTTPS_PROXY or https.proxyHost",
                                "127.0.0.1:" + proxy.port(),
                                "403 Forbidden");
                proxy.refuse(null);
                service.awaitConnected();
            }
        }
    }

    private static Simulator simulator() {
        return Simulator.start(SimulatorOptions.defaults().withPort(0).withTls(true));
    }

    private static void lead(ConnectProxy proxy, Simulator simulator, Receiver receiver) {
        proxy.lead("discord.names.test", simulator.port());
        proxy.lead("alerts.names.test", receiver.port());
        proxy.lead("deadman.names.test", receiver.port());
    }

    private static Map<String, String> variables(Simulator simulator) {
        return new HashMap<>(Map.of(
                "DISCORD_TOKEN", simulator.token(),
                "DISCORD_API_BASE_URL", "https://discord.names.test/api/v10",
                "DISCORD_RECONNECT_DELAY", "100ms",
                "GATEWATCH_ALERT_TARGETS", "slack:https://alerts.names.test/hook",
                "GATEWATCH_DEADMAN_URL", "https://deadman.names.test/ping",
                "GATEWATCH_MONITOR_INTERVAL", "1s",
                "GATEWATCH_ADMIN_TOKEN", ADMIN));
    }

    private static String[] trusting(ConnectProxy proxy) {
        return new String[] {
            "-Djavax.net.ssl.trustStore=" + proxy.trustStore(),
            "-Djavax.net.ssl.trustStorePassword=" + ConnectProxy.PASSWORD
        };
    }

    private static void sendTestAlert(RunningService service) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.address("/alerts/test"))
                .header("Authorization", "Bearer " + ADMIN)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"delivered\"");
    }
}
