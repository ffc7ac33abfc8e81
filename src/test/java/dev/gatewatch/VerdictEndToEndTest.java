package dev.gatewatch;

import static dev.gatewatch.SimulatorResource.awaitConnected;
import static dev.gatewatch.SimulatorResource.healAll;
import static dev.gatewatch.SimulatorResource.inject;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real Discord4J over real sockets: a fault of the simulator becomes an incident with the right verdict. */
@QuarkusTest
@TestProfile(VerdictEndToEndTest.Profile.class)
class VerdictEndToEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"fault\":\"close\",\"code\":4000}  | discord | closed",
                "{\"fault\":\"reconnect\"}            | discord | reconnect_requested",
                "{\"fault\":\"refuse\",\"seconds\":1} | network | connection_lost",
                "{\"fault\":\"close\",\"code\":4008}  | us      | closed",
                "{\"fault\":\"no-resumed\"}           | unknown | connection_lost",
            })
    void explainsAnOutage(String fault, String blame, String cause) {
        awaitConnected();
        int before = incidents().size();

        inject(fault);

        Awaitility.await().atMost(PATIENCE).until(() -> incidents().size() > before && !cause(0).isEmpty());
        if (fault.contains("no-resumed")) { // lasts until it is healed; the others end by themselves
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> when().get("/history/incidents").path("items[0].failures.RESUMED_TIMEOUT") != null);
            healAll();
        }
        Awaitility.await().atMost(PATIENCE).until(() ->
                !(boolean) when().get("/history/incidents").path("items[0].open"));
        assertThat(cause(0)).isEqualTo(cause);
        assertThat(when().get("/history/incidents").<String>path("items[0].verdict.blame"))
                .as(when().get("/history/incidents?limit=1").asString())
                .isEqualTo(blame);
        String id = when().get("/history/incidents").path("items[0].id");
        assertThat(when().get("/history/incidents/" + id).<List<String>>path("timeline.kind"))
                .contains("disconnected");
    }

    @Test
    void saysThatTheDatabaseIsHealthyWhileConnected() {
        awaitConnected();

        assertThat(when().get("/health").<String>path("database")).isEqualTo("healthy");
        assertThat(when().get("/health").<String>path("status")).isEqualTo("healthy");
    }

    private static List<String> incidents() {
        return when().get("/history/incidents?limit=1000").path("items.id");
    }

    private static String cause(int index) {
        return when().get("/history/incidents").path("items[" + index + "].cause");
    }

    /** The service, against a simulator of its own. */
    public static class Profile implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(SimulatedDiscord.class));
        }
    }

    /** Each loss is an incident, however soon it heals. */
    public static class SimulatedDiscord extends SimulatorResource {

        @Override
        protected void change(Map<String, String> settings, Path directory) {
            settings.put("discord.ready-timeout", "1s");
            settings.put("gatewatch.incident-blip", "0s");
        }
    }
}
