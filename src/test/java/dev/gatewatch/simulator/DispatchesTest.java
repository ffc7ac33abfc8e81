package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Any event on demand, to the sessions that Discord would send it to. */
@Timeout(60)
class DispatchesTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    @Test
    void haveADefaultBodyForEachEvent() {
        Simulator simulator = fixture.discord();
        ProbeClient client = identified(simulator, 0, 1);
        client.untilAck();

        for (String type : Dispatches.known()) {
            JsonNode sent =
                    Rest.json(new Rest(simulator).call("POST", "/_sim/dispatch", "{\"type\":\"" + type + "\"}"));

            assertThat(sent.path("sessions").asInt()).as(type).isEqualTo(1);
            JsonNode data = client.next(type).path("d");
            assertThat(data.isObject()).as(type).isTrue();
            assertThat(data.toString().replace("\"@everyone\"", "")).as(type).doesNotContain("\"@");
        }
    }

    @Test
    void nameWhatThereIsWhenThereIsNoDefaultBody() {
        String refusal = new Rest(fixture.discord())
                .call("POST", "/_sim/dispatch", "{\"type\":\"NO_SUCH_EVENT\"}")
                .body();
        assertThat(refusal).contains("no default body").contains("MESSAGE_CREATE");
    }

    @Test
    void goToTheShardOfTheirGuildAndOtherwiseToShardZero() {
        Simulator simulator = fixture.discord(Rules.discord().withIdentifies(2, Duration.ZERO, 1000));
        ProbeClient zero = identified(simulator, 0, 2);
        ProbeClient one = identified(simulator, 1, 2);
        Rest rest = new Rest(simulator);

        rest.call("POST", "/_sim/dispatch", "{\"type\":\"GUILD_UPDATE\",\"guild\":0}");
        rest.call("POST", "/_sim/dispatch", "{\"type\":\"CHANNEL_UPDATE\",\"guild\":1}");
        rest.call("POST", "/_sim/dispatch", "{\"type\":\"ENTITLEMENT_CREATE\"}");

        long first = (157_766_400_000L << 22);
        assertThat(Guild.shardOf(first, 2)).isZero();
        assertThat(types(zero)).contains("GUILD_UPDATE", "ENTITLEMENT_CREATE").doesNotContain("CHANNEL_UPDATE");
        assertThat(types(one)).contains("CHANNEL_UPDATE").doesNotContain("GUILD_UPDATE", "ENTITLEMENT_CREATE");
    }

    @Test
    void reachEverySessionOfAShard() {
        Simulator simulator = fixture.patient();
        ProbeClient blue = identified(simulator, 0, 1);
        ProbeClient green = identified(simulator, 0, 1);

        JsonNode sent = Rest.json(new Rest(simulator).call("POST", "/_sim/dispatch", "{\"type\":\"MESSAGE_CREATE\"}"));

        assertThat(sent.path("sessions").asInt()).isEqualTo(2);
        assertThat(blue.next("MESSAGE_CREATE").path("d").path("id"))
                .isEqualTo(green.next("MESSAGE_CREATE").path("d").path("id"));
    }

    private ProbeClient identified(Simulator simulator, int shard, int shards) {
        ProbeClient client = fixture.connect(simulator);
        var data = ProbeClient.identifyData(simulator.token()).put("intents", Intents.ALL.bits());
        data.putArray("shard").add(shard).add(shards);
        client.send(2, data);
        client.next("READY");
        return client;
    }

    private static Stream<String> types(ProbeClient client) {
        return client.untilAck().stream().map(message -> message.path("t").asText());
    }
}
