package dev.gatewatch;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;

import dev.gatewatch.simulator.Rules;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** A simulator of its own for the service in a {@code QuarkusTest}, and what a test asks of it. */
public abstract class SimulatorResource implements QuarkusTestResourceLifecycleManager {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Simulator simulator;

    @Override
    public final Map<String, String> start() {
        simulator = Simulator.start(options(SimulatorOptions.defaults()
                .withPort(0)
                .withRules(Rules.discord().withIdentifies(1, Duration.ZERO, 1_000))));
        try {
            Path directory = Files.createTempDirectory("service");
            Map<String, String> settings = new HashMap<>(Map.of(
                    "discord.token", simulator.token(),
                    "discord.api-base-url", simulator.apiBaseUrl().toString(),
                    "discord.reconnect-delay", "100ms",
                    "gatewatch.history-enabled", "true",
                    "gatewatch.data-dir", directory.toString(),
                    "test.simulator", simulator.controlUrl().toString()));
            change(settings, directory);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        simulator.close();
    }

    /** The simulator this test needs: Discord's rules, but no wait between IDENTIFYs. */
    protected SimulatorOptions options(SimulatorOptions usual) {
        return usual;
    }

    /** Adds to or changes the service's settings; {@code directory} is its own, and empty. */
    protected void change(Map<String, String> settings, Path directory) throws IOException {}

    /** Makes something go wrong, in the words of the simulator's control API. */
    public static void inject(String fault) {
        given().contentType(ContentType.JSON)
                .body(fault)
                .post(control() + "/faults")
                .then()
                .statusCode(200);
    }

    /** Heals all; waits for the simulator, which may just refuse to be connected to. */
    public static void healAll() {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> given().delete(control() + "/faults").statusCode() < 300);
    }

    /** The simulator's control API. */
    public static String control() {
        return ConfigProvider.getConfig().getValue("test.simulator", String.class);
    }

    /** What the service says of itself. */
    public static String status() {
        return when().get("/discord-status").path("status");
    }

    public static void awaitConnected() {
        awaitStatus("connected");
    }

    public static void awaitStatus(String status) {
        Awaitility.await("status " + status).atMost(PATIENCE).until(() -> status().equals(status));
    }
}
