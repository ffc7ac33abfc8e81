package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class IdentifyTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "a.b.c",
                "MTIzNDU2Nzg5MDEyMzQ1Njc4.x",
                "Bot ",
                "Bearer MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y"
            })
    void closesWith4004WithoutAWellFormedToken(String token) {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.identify(token);
        assertThat(client.closeCode()).isEqualTo(4004);
    }

    @Test
    void acceptsAnyWellFormedTokenUnlessThereIsAList() {
        String known = "MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y";
        ProbeClient anywhere = fixture.connect(fixture.discord());
        anywhere.identify(known);
        assertThat(anywhere.next("READY").at("/d/user/id").asText()).isEqualTo("123456789012345678");

        Simulator choosy = fixture.discord(SimulatorFixture.manyIdentifies().withAcceptedTokens(Set.of(known)));
        assertThat(choosy.token()).isEqualTo(known);
        ProbeClient stranger = fixture.connect(choosy);
        stranger.identify("MTIzNDU2Nzg5MDEyMzQ1Njc4.x.z");
        assertThat(stranger.closeCode()).isEqualTo(4004);
        ProbeClient friend = fixture.connect(choosy);
        friend.identify(known);
        friend.next("READY");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-1,1", "2,2", "0,0"})
    void closesWith4010AfterAnInvalidShard(int shard, int shards) {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.identify(simulator.token(), shard, shards);
        assertThat(client.closeCode()).isEqualTo(4010);
    }

    @Test
    void closesWith4011WhenTheBotNeedsMoreShards() {
        Simulator simulator = fixture.discord(SimulatorFixture.manyIdentifies().withShards(2, 2));
        ProbeClient lonely = fixture.connect(simulator);
        lonely.identify(simulator.token(), 0, 1);
        assertThat(lonely.closeCode()).isEqualTo(4011);
        ProbeClient sharded = fixture.connect(simulator);
        sharded.identify(simulator.token(), 0, 2);
        sharded.next("READY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"GUILDS\"", "\"131072\"", "-1", "131072", "67108864"})
    void closesWith4013AfterInvalidIntents(String intents) throws Exception {
        assertThat(closeCodeAfterIntents(fixture.discord(), intents)).isEqualTo(4013);
    }

    @Test
    void takesIntentsThatAreAStringOfDigits() throws Exception {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.send(2, withIntents(simulator, "\"513\""));
        client.next("GUILD_CREATE");
    }

    @Test
    void takesATokenWithThePrefixBot() {
        Simulator simulator = fixture.discord();
        ProbeClient client = fixture.connect(simulator);
        client.identify("Bot " + simulator.token());
        JsonNode ready = client.next("READY").get("d");
        client.abort();
        ProbeClient again = fixture.connect(simulator);
        again.resume(simulator.token(), ready.path("session_id").asText(), 1); // the same bot, with or without it
        again.next("RESUMED");
        again.abort();
        ProbeClient third = fixture.connect(simulator);
        third.resume("Bot " + simulator.token(), ready.path("session_id").asText(), 1);
        third.next("RESUMED");
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void closesWith4014AfterADisallowedIntent() throws Exception {
        Simulator simulator = fixture.discord(Rules.discord().withDisallowedIntents(1 << 15));
        assertThat(closeCodeAfterIntents(simulator, "32769")).isEqualTo(4014);
    }

    @Test
    void refusesASecondIdentifyOfABucketWithinFiveSeconds() {
        Simulator simulator = fixture.discord();
        fixture.ready(simulator);
        ProbeClient second = fixture.connect(simulator);
        second.identify(simulator.token());
        assertThat(second.nextOp(9).get("d").asBoolean(true)).isFalse();
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("identify-rate");
        assertThat(second.open()).isTrue();
    }

    @Test
    void answersARefusedIdentifyAfterAWhile() {
        Duration delay = Duration.ofMillis(300);
        Simulator simulator = fixture.discord(Rules.discord().withIdentifyRefusalDelay(delay));
        fixture.ready(simulator);
        ProbeClient second = fixture.connect(simulator);
        long before = System.nanoTime();
        second.identify(simulator.token());
        second.nextOp(9);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(delay.minusMillis(5));
    }

    @Test
    void letsARefusedIdentifyNotBeginTheFiveSecondsAnew() {
        IdentifyLedger ledger = new IdentifyLedger(1000, Duration.ofSeconds(5), 0);
        assertThat(ledger.spend(0, 1, 10_000)).isEqualTo(IdentifyLedger.Verdict.ACCEPTED);
        assertThat(ledger.spend(0, 1, 14_000)).isEqualTo(IdentifyLedger.Verdict.TOO_SOON);
        assertThat(ledger.spend(0, 1, 15_000)).isEqualTo(IdentifyLedger.Verdict.ACCEPTED);
        assertThat(ledger.spentEver()).isEqualTo(3);
    }

    @Test
    void letsShardsOfDifferentBucketsIdentifyTogether() {
        Simulator simulator = fixture.discord(Rules.discord().withIdentifies(2, Duration.ofSeconds(5), 1000));
        for (int shard = 0; shard < 2; shard++) {
            ProbeClient client = fixture.connect(simulator);
            client.identify(simulator.token(), shard, 4);
            client.next("READY");
        }
        ProbeClient sameBucketAsTheFirst = fixture.connect(simulator);
        sameBucketAsTheFirst.identify(simulator.token(), 2, 4);
        sameBucketAsTheFirst.nextOp(9);
        assertThat(simulator.violations()).hasSize(1);
    }

    @Test
    void resetsTheTokenWhenTheBudgetIsExceeded() {
        Simulator simulator = fixture.discord(Rules.discord().withIdentifies(1, Duration.ZERO, 2));
        ProbeClient first = fixture.ready(simulator);
        fixture.ready(simulator);
        assertThat(remaining(simulator)).isZero();
        ProbeClient third = fixture.connect(simulator);
        third.identify(simulator.token());
        assertThat(third.closeCode()).isEqualTo(4004);
        assertThat(first.closeCode()).isEqualTo(4004);
        assertThat(new Rest(simulator).get("/api/v10/gateway/bot").statusCode()).isEqualTo(401);
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("identify-budget");
        assertThat(simulator.state().at("/sessions")).isEmpty();
    }

    @Test
    void countsTheBudgetDown() {
        Simulator simulator = fixture.discord();
        assertThat(remaining(simulator)).isEqualTo(1000);
        fixture.ready(simulator);
        assertThat(remaining(simulator)).isEqualTo(999);
    }

    @Test
    void noticesTheSameIdentifyAfterAFatalClose() {
        Simulator simulator = fixture.patient();
        for (int attempt = 1; attempt <= 2; attempt++) {
            ProbeClient client = fixture.connect(simulator);
            client.identify("nonsense");
            assertThat(client.closeCode()).isEqualTo(4004);
        }
        assertThat(simulator.violations()).extracting(Violation::rule).containsExactly("identify-after-fatal-close");
        simulator.faults().healAll();
        ProbeClient client = fixture.connect(simulator);
        client.identify("nonsense");
        client.closeCode();
        assertThat(simulator.violations()).hasSize(1);
    }

    private int closeCodeAfterIntents(Simulator simulator, String intents) throws Exception {
        ProbeClient client = fixture.connect(simulator);
        client.send(2, withIntents(simulator, intents));
        return client.closeCode();
    }

    private static ObjectNode withIntents(Simulator simulator, String intents) throws Exception {
        ObjectNode data = ProbeClient.identifyData(simulator.token());
        return data.set("intents", ProbeClient.MAPPER.readTree(intents));
    }

    private static int remaining(Simulator simulator) {
        JsonNode bot = Rest.json(new Rest(simulator).get("/api/v10/gateway/bot"));
        return bot.at("/session_start_limit/remaining").asInt();
    }
}
