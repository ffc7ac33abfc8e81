package dev.gatewatch.bot;

import static dev.gatewatch.SimulatorResource.control;
import static dev.gatewatch.SimulatorResource.inject;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A handler that blocks, throws or is flooded harms no other command, and never the connection, which heals meanwhile. */
@QuarkusTest
@TestProfile(BotEndToEnd.Profile.class)
class HostileHandlersTest extends BotEndToEnd {

    private static final List<String> DRILLS = List.of(
            "{\"fault\":\"close\",\"code\":4000}",
            "{\"fault\":\"drop\"}",
            "{\"fault\":\"invalid-session\",\"resumable\":false}",
            "{\"fault\":\"reconnect\"}");

    @AfterEach
    void release() {
        Hostile.mercy.countDown();
        Hostile.mercy = new CountDownLatch(1);
    }

    @Test
    void aFloodOfACommandThatIgnoresItsDeadlineIsAnsweredAndHoldsNothingBack() {
        List<String> flood = IntStream.range(0, 30)
                .mapToObj(i -> begin("{\"command\":\"stubborn\",\"user\":\"" + i + "\"}"))
                .toList();

        for (String drill : DRILLS) {
            inject(drill);
            awaitPong();
        }

        List<JsonNode> answers = flood.stream().map(BotEndToEnd::await).toList();
        assertThat(answers)
                .allSatisfy(view -> assertThat(text(view)).containsAnyOf("Too many people", "took too long"));
        assertThat(answers.stream()
                        .filter(view -> text(view).startsWith("Too many"))
                        .count())
                .as("2 run and 8 wait, the others are told at once")
                .isGreaterThanOrEqualTo(15);
        awaitCount("stubborn", Outcome.OVERLOADED, 15);
        assertNoRuleBroken();
    }

    @ParameterizedTest
    @EnumSource(
            value = Hostile.Mood.class,
            names = {"BLOCKS", "THROWS"})
    void listenersThatMisbehaveUnderAFloodOfEventsHarmNobody(Hostile.Mood mood) {
        Hostile.mood = mood;
        for (String drill : Stream.concat(DRILLS.stream(), Stream.of("{\"fault\":\"mute-acks\",\"count\":2}"))
                .toList()) {
            given().contentType(ContentType.JSON).body("{\"count\":1500}").post(control() + "/events");
            inject(drill);
            awaitPong();
        }

        Outcome expected = mood == Hostile.Mood.THROWS ? Outcome.FAILED : Outcome.OVERLOADED;
        Awaitility.await().atMost(PATIENCE).until(() -> listened("Typing", expected) > 0);
        assertThat(when().get("/q/health/live").statusCode()).isEqualTo(200);
        assertNoRuleBroken();

        Hostile.mood = Hostile.Mood.ASLEEP;
        Hostile.mercy.countDown();
        int heard = Hostile.HEARD.get();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            given().contentType(ContentType.JSON).body("{\"count\":1}").post(control() + "/events");
            return Hostile.HEARD.get() > heard;
        });
    }

    private double listened(String listener, Outcome outcome) {
        var counter = meters.find("gatewatch.listener.events")
                .tags("listener", listener, "outcome", outcome.tag())
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static void assertNoRuleBroken() {
        assertThat(when().get(control() + "/violations").<List<Object>>path("$"))
                .isEmpty();
    }
}
