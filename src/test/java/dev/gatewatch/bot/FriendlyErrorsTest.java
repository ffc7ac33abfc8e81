package dev.gatewatch.bot;

import static dev.gatewatch.SimulatorResource.control;
import static dev.gatewatch.SimulatorResource.inject;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.LoggedLines;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every failure reaches the user as one friendly message that only they see; the log and the metrics have the rest. */
@QuarkusTest
@TestProfile(BotEndToEnd.Profile.class)
class FriendlyErrorsTest extends BotEndToEnd {

    private static final Pattern REFERENCE = Pattern.compile("`(GW-[A-Z0-9]{6})`");

    private LoggedLines logged;

    @BeforeEach
    void listen() {
        logged = new LoggedLines("dev.gatewatch.bot");
    }

    @AfterEach
    void stopListening() {
        logged.close();
    }

    @Test
    void tellsHowLongACooldownLasts() {
        assertThat(text(use("{\"command\":\"strict\",\"user\":\"eager\"}"))).isEqualTo("done");

        JsonNode again = use("{\"command\":\"strict\",\"user\":\"eager\"}");

        assertThat(text(again)).matches("You can use `/strict` again in (1 h|59 min( [0-9]+ s)?)\\.");
        assertThat(again.path("ephemeral").asBoolean()).isTrue();
        assertThat(text(use("{\"command\":\"strict\",\"user\":\"patient\"}"))).isEqualTo("done");
        awaitCount("strict", Outcome.COOLDOWN, 1);
    }

    @Test
    void namesThePermissionThatAUserLacks() {
        JsonNode view = use("{\"command\":\"strict\",\"user\":\"nobody\",\"permissions\":\"2048\"}");

        assertThat(text(view))
                .contains("You need the permission **Manage Messages**")
                .contains("server admin");
        assertThat(text(use("{\"command\":\"strict\",\"user\":\"alone\",\"dm\":true}")))
                .contains("in a server only");
        awaitCount("strict", Outcome.MISSING_PERMISSION, 2);
    }

    @Test
    void namesThePermissionThatTheBotLacks() {
        assertThat(text(use("{\"command\":\"strict\",\"user\":\"other\",\"appPermissions\":\"2048\"}")))
                .contains("I need the permission **Ban Members**");
        awaitCount("strict", Outcome.BOT_MISSING_PERMISSION, 1);
    }

    @Test
    void explainsAPermissionThatDiscordMisses() {
        inject("{\"fault\":\"rest-error\",\"error\":\"missing-permissions\",\"route\":\"/users/@me\",\"count\":1}");

        assertThat(text(use("{\"command\":\"rest\"}"))).contains("Discord does not allow me to do that here");
        awaitCount("rest", Outcome.BOT_MISSING_PERMISSION, 1);
    }

    @Test
    void saysWhatIsWrongWithTheInput() {
        assertThat(text(use("{\"command\":\"wrong\"}"))).contains("`when` must be a date, like 2026-01-31.");
        assertThat(text(use("{\"command\":\"incidents\",\"options\":{\"count\":11}}")))
                .contains("`count` must be at least 1 and at most 10.");
        assertThat(text(use("{\"command\":\"incidents\",\"options\":{\"number\":1}}")))
                .contains("there is no `number`");
        assertThat(text(use("{\"command\":\"greet\"}")))
                .contains("`name` is missing")
                .contains("Whom to greet");
        awaitCount("incidents", Outcome.WRONG_INPUT, 2);
    }

    @Test
    void saysThatSomethingIsNotAvailable() {
        JsonNode view = use("{\"command\":\"away\"}");

        assertThat(text(view)).startsWith("The ticket system is not available at the moment.");
        assertThat(logged(reference(view))).contains("connection refused");
        awaitCount("away", Outcome.UNAVAILABLE, 1);
    }

    @Test
    void saysThatThereIsAnOutage() {
        inject("{\"fault\":\"http-429-cloudflare\",\"route\":\"/users/@me\",\"count\":1}");
        assertThat(text(use("{\"command\":\"rest\"}"))).contains("Please try again in a few minutes.");
        inject("{\"fault\":\"http-half-body\",\"route\":\"/users/@me\",\"count\":1}");
        assertThat(text(use("{\"command\":\"rest\"}"))).contains("not available during an outage");
        awaitCount("rest", Outcome.UNAVAILABLE, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throwing", "failing", "linkage", "overflow", "nothing"})
    void givesAReferenceForAFaultOfOurs(String command) {
        JsonNode view = use("{\"command\":\"" + command + "\"}");

        assertThat(text(view))
                .startsWith("Something went wrong on our side, not on yours.")
                .doesNotContain("Exception", "Error", "hunter2", "\tat ");
        assertThat(view.path("ephemeral").asBoolean()).isTrue();
        assertThat(logged(reference(view))).contains("\tat ").contains("/" + command);
        awaitCount(command, Outcome.FAILED, 1);
        Awaitility.await().atMost(PATIENCE).until(() -> errorFacts().contains(reference(view)));
        assertThat(errorFacts()).contains("command_failed").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hanging", "blocking"})
    void givesUpOnWhatTakesTooLong(String command) {
        JsonNode view = use("{\"command\":\"" + command + "\"}");

        assertThat(text(view)).startsWith("That took too long");
        assertThat(view.at("/requests/0/body/type").asInt())
                .as("deferred first")
                .isEqualTo(5);
        assertThat(logged(reference(view))).contains("did not end within PT4S");
        awaitCount(command, Outcome.TIMEOUT, 1);
    }

    @Test
    void explainsAnAnswerThatDiscordDoesNotTake() {
        JsonNode view = use("{\"command\":\"malformed\"}");

        assertThat(text(view)).startsWith("Something went wrong on our side");
        assertThat(view.at("/requests/0/status").asInt()).isEqualTo(400);
        awaitCount("malformed", Outcome.FAILED, 1);
    }

    @Test
    void saysThatItDoesNotKnowACommand() {
        assertThat(text(use("{\"command\":\"removed\"}"))).startsWith("I do not know `/removed`");
        awaitCount("unknown", Outcome.UNKNOWN_COMMAND, 1);
    }

    @Test
    void knowsThatAnInteractionHasExpired() {
        inject("{\"fault\":\"rest-error\",\"error\":\"unknown-interaction\",\"route\":\"/callback\",\"count\":1}");
        begin("{\"command\":\"ping\",\"user\":\"expired\"}");

        awaitCount("ping", Outcome.EXPIRED, 1);
        assertThat(String.join("\n", logged.lines()))
                .contains("expired")
                .doesNotContainPattern("interactions/[0-9]+/[A-Za-z0-9_-]{20,}");
    }

    @Test
    void doesNothingForAnInteractionThatExpiredBeforeItCame() {
        int heard = commandsHandled();
        inject("{\"fault\":\"rest-error\",\"error\":\"unknown-interaction\",\"route\":\"/callback\"}");
        inject("{\"fault\":\"accept-then-close\",\"seconds\":4}");
        begin("{\"command\":\"throwing\"}");

        awaitCount("throwing", Outcome.EXPIRED, 1);
        assertThat(commandsHandled()).isEqualTo(heard);
    }

    @Test
    void leavesAnInteractionToWhoeverHasAcknowledgedIt() {
        inject("{\"fault\":\"rest-error\",\"error\":\"already-acknowledged\",\"route\":\"/callback\",\"count\":1}");
        begin("{\"command\":\"ping\",\"user\":\"twice\"}");

        awaitCount("ping", Outcome.ALREADY_ACKNOWLEDGED, 1);
    }

    @Test
    void waitsAsLongAsDiscordAsksForWhenItIsShort() {
        inject("{\"fault\":\"http-429-retry-after\",\"retryAfter\":1,\"route\":\"/callback\",\"count\":1}");

        JsonNode view = use("{\"command\":\"ping\"}");

        assertThat(text(view)).startsWith("Pong!");
        assertThat(view.path("answeredAfterMillis").asLong()).isGreaterThanOrEqualTo(900);
    }

    @Test
    void countsARateLimitThatTheUserCannotWaitFor() {
        inject("{\"fault\":\"http-429-retry-after\",\"retryAfter\":30,\"route\":\"/callback\",\"count\":1}");
        begin("{\"command\":\"ping\",\"user\":\"limited\"}");

        awaitCount("ping", Outcome.RATE_LIMITED, 1);
        Awaitility.await().atMost(PATIENCE).until(() -> errorFacts().contains("command_rate_limited"));
    }

    @Test
    void anEditWaitsForARateLimit() {
        inject("{\"fault\":\"http-429-reset\",\"retryAfter\":1,\"route\":\"/messages/\",\"count\":1}");

        assertThat(text(use("{\"command\":\"late\"}"))).isEqualTo("better late");
    }

    @Test
    void triesAgainWhenDiscordFails() {
        inject("{\"fault\":\"http-503\",\"route\":\"/callback\",\"count\":1}");

        assertThat(text(use("{\"command\":\"ping\"}"))).startsWith("Pong!");
    }

    @Test
    void oneCallbackThatHangsHoldsNoOtherBack() {
        inject("{\"fault\":\"http-hang\",\"route\":\"/callback\",\"count\":1}");
        begin("{\"command\":\"ping\",\"user\":\"hung\"}");
        Awaitility.await().atMost(PATIENCE).until(() -> when().get(control() + "/faults")
                .<List<?>>path("active")
                .isEmpty());

        assertThat(text(use("{\"command\":\"ping\"}"))).startsWith("Pong!");
        awaitCount("ping", Outcome.UNDELIVERED, 1);
    }

    private int commandsHandled() {
        return (int) count("throwing", Outcome.FAILED);
    }

    private static String reference(JsonNode view) {
        Matcher reference = REFERENCE.matcher(text(view));
        assertThat(reference.find()).as(text(view)).isTrue();
        return reference.group(1);
    }

    private String logged(String reference) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> logged.lines().stream()
                                .filter(line -> line.contains(reference))
                                .findFirst()
                                .orElse(""),
                        line -> !line.isEmpty());
    }
}
