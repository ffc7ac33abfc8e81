package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.Failure;
import discord4j.common.JacksonResources;
import discord4j.discordjson.json.gateway.Hello;
import discord4j.discordjson.json.gateway.Opcode;
import discord4j.discordjson.json.gateway.Ready;
import discord4j.discordjson.json.gateway.Resumed;
import discord4j.gateway.json.GatewayPayload;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the reader makes of payloads that are not quite as documented. */
class ObservingReaderTest {

    private static final ObjectMapper MAPPER = JacksonResources.create().getObjectMapper();

    private static final String READY = """
            {"op":0,"t":"READY","s":1,"d":{"v":10,"session_id":"abc","resume_gateway_url":"wss://resume",
            "user":{"id":"7","username":"bot","discriminator":"0","avatar":null,"global_name":null},
            "guilds":[{"id":"4","unavailable":true},{"id":"5","unavailable":true}],
            "application":{"id":"8","flags":0}}}""";

    private final Pulse pulse = new Pulse(Schedulers.parallel());
    private final List<Object> told = new ArrayList<>();
    private final List<Integer> limited = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> heartbeats = new ArrayList<>();
    private final GuildCensus census = new GuildCensus(0, new ConnectionEvents(), Schedulers.parallel());
    private final Traffic traffic = new Traffic() {
        @Override
        public void rateLimited(int shard, int opcode) {
            limited.add(opcode);
        }
    };
    private final Audience everybody = new Audience() {
        @Override
        public boolean reads(String type) {
            return true;
        }

        @Override
        public void unknown(String type) {
            unknown.add(type);
        }

        @Override
        public void arrived(Glance dispatch) {
            census.count(dispatch);
        }
    };
    private final ObservedLink link = new ObservedLink(0, null, pulse, traffic);
    private final ObservingReader reader =
            new ObservingReader(MAPPER, link, everybody, () -> heartbeats.add("heartbeat"));

    ObservingReaderTest() {
        link.signals().subscribe(told::add, told::add);
    }

    @Test
    void aReadyAsDocumentedReachesDiscord4jWhole() {
        Ready ready = (Ready) read(READY).getData();

        assertThat(told).containsExactly(new Wire.Signal.Ready());
        assertThat(link.session()).contains(new Session("abc", 1, "wss://resume"));
        assertThat(ready.user().username()).isEqualTo("bot");
        assertThat(ready.guilds()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"resume_gateway_url\":\"wss://resume\",|\"resume_gateway_url\":null,",
                "\"resume_gateway_url\":\"wss://resume\",|",
                "\"wss://resume\"|5",
                "{\"id\":\"8\",\"flags\":0}|null",
                ",\n\"application\":{\"id\":\"8\",\"flags\":0}|",
                "\"flags\":0|\"flags\":1099511627776",
                "\"flags\":0|\"flags\":null",
                "{\"id\":\"4\",\"unavailable\":true}|{\"id\":\"4\",\"unavailable\":null}",
                "{\"id\":\"4\",\"unavailable\":true}|{\"id\":\"4\"}",
                "{\"id\":\"4\",\"unavailable\":true}|{\"id\":4}",
                "\"username\":\"bot\"|\"username\":null",
                "\"user\":{\"id\":\"7\",\"username\":\"bot\"|\"user\":null,\"x\":{\"y\":\"z\"",
                "\"v\":10|\"v\":null",
            })
    void oneUnreadableFieldInReadyCostsNoMoreThanThatField(String change) {
        String[] parts = change.split("\\|", -1);
        assertThat(READY).contains(parts[0]);

        Ready ready = (Ready) read(READY.replace(parts[0], parts[1])).getData();

        assertThat(told).containsExactly(new Wire.Signal.Ready());
        assertThat(link.session().map(Session::id)).contains("abc");
        assertThat(ready).isNotNull();
        assertThat(ready.sessionId()).isEqualTo("abc");
        assertThat(ready.guilds()).extracting(guild -> guild.id().asLong()).containsExactly(4L, 5L);
        assertThat(census.members()).containsOnlyKeys(4L, 5L);
    }

    @Test
    void withoutAResumeUrlTheSessionNamesNone() {
        read(READY.replace("\"wss://resume\"", "null"));

        assertThat(link.session()).contains(new Session("abc", 1, null));
    }

    @Test
    void aGuildThatCannotBeReadIsLeftOutOfReady() {
        Ready ready = (Ready)
                read(READY.replace("{\"id\":\"4\",", "null,{\"id\":null,")).getData();

        assertThat(ready.guilds()).extracting(guild -> guild.id().asLong()).containsExactly(5L);
        assertThat(census.members()).containsOnlyKeys(5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"session_id\":\"abc\"|\"session_id\":null", "\"guilds\":[|\"guilds\":null,\"x\":["})
    void aReadyWithoutASessionOrWithoutGuildsIsNone(String change) {
        String[] parts = change.split("\\|", -1);

        assertThat(read(READY.replace(parts[0], parts[1]))).isNull();

        assertThat(told).singleElement().isInstanceOf(Wire.Signal.Skipped.class);
        assertThat(link.session()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"_trace\":null}", "{\"_trace\":7}", "[]"})
    void resumedNeedsNoData(String data) {
        read("{\"op\":0,\"t\":\"GUILD_DELETE\",\"s\":3,\"d\":{\"id\":\"5\"}}");

        GatewayPayload<?> payload = read("{\"op\":0,\"t\":\"RESUMED\",\"s\":4,\"d\":" + data + "}");

        assertThat(payload.getData()).isInstanceOf(Resumed.class);
        assertThat(told).containsExactly(new Wire.Signal.Resumed(1));
        assertThat(link.sequence()).isEqualTo(4);
    }

    @Test
    void guildsAreCountedWhateverElseCannotBeRead() {
        read(READY);
        read("{\"op\":0,\"t\":\"GUILD_CREATE\",\"s\":2,\"d\":{\"id\":\"4\",\"member_count\":9,\"unavailable\":null,"
                + "\"name\":null}}");
        read("{\"op\":0,\"t\":\"GUILD_CREATE\",\"s\":3,\"d\":{\"id\":\"6\",\"member_count\":99999999999999999999}}");
        read("{\"op\":0,\"t\":\"GUILD_CREATE\",\"s\":4,\"d\":{\"id\":null,\"member_count\":3}}");
        read("{\"op\":0,\"t\":\"GUILD_DELETE\",\"s\":5,\"d\":{\"id\":\"5\",\"unavailable\":null}}");

        assertThat(census.members()).containsOnly(Map.entry(4L, 9L), Map.entry(6L, 0L));
        assertThat(link.sequence()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "499", "null", "\"41250\"", "true", "3600001", "99999999999999999999999", "{}"})
    void aHelloWithoutAUsableIntervalIsNone(String interval) {
        assertThat(read(hello(interval))).isNull();
        assertThat(told).singleElement().isInstanceOf(Wire.Signal.Skipped.class);
        told.clear();

        assertThat(read(hello("41250")).getData()).isInstanceOf(Hello.class);
        assertThat(told).containsExactly(new Wire.Signal.Hello(Duration.ofMillis(41_250)));
    }

    @Test
    void aHelloWithoutDataIsNone() {
        assertThat(read("{\"op\":10,\"d\":null,\"s\":null,\"t\":null}")).isNull();
        assertThat(read("{\"op\":10}")).isNull();
        assertThat(told).hasOnlyElementsOfType(Wire.Signal.Skipped.class);
    }

    @Test
    void aSecondHelloGoesNoFurtherSinceDiscord4jWouldIdentifyAgain() {
        read(hello("41250"));

        assertThat(read(hello("41250"))).isNull();
        assertThat(told).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GUILD_SOUNDBOARD_SOUND_CREATE",
                "ENTITLEMENT_CREATE",
                "SUBSCRIPTION_UPDATE",
                "RATE_LIMITED",
                "VOICE_CHANNEL_STATUS_UPDATE"
            })
    void aDispatchThatDiscord4jDoesNotKnowIsNoError(String type) {
        GatewayPayload<?> payload = read("{\"op\":0,\"t\":\"" + type + "\",\"s\":9,\"d\":{\"opcode\":8}}");

        assertThat(payload.getSequence()).isEqualTo(9);
        assertThat(payload.getData()).isNull();
        assertThat(told).isEmpty();
        assertThat(unknown).containsExactly(type);
    }

    @Test
    void aDispatchThatSomebodyReadsAndThatCannotBeReadIsAnError() {
        read("{\"op\":0,\"t\":\"MESSAGE_CREATE\",\"s\":9,\"d\":{\"id\":\"none\"}}");

        assertThat(told).singleElement().isInstanceOf(Wire.Signal.Skipped.class);
        assertThat(link.sequence()).isEqualTo(9);
    }

    @Test
    void aRateLimitIsCountedByItsOpcode() {
        read("{\"op\":0,\"t\":\"RATE_LIMITED\",\"s\":9,\"d\":{\"opcode\":8,\"retry_after\":12.5,\"meta\":{}}}");
        read("{\"op\":0,\"t\":\"RATE_LIMITED\",\"s\":10,\"d\":null}");

        assertThat(limited).containsExactly(8, -1);
    }

    @Test
    void aHeartbeatIsSentAtOnceWhenDiscordAsksForOne() {
        assertThat(read("{\"op\":1,\"d\":null}")).isNull();

        assertThat(heartbeats).hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void anAckIsOneWhateverElseItSays() {
        assertThat(read("{\"op\":11,\"d\":[],\"s\":\"x\"}").getOp()).isEqualTo(Opcode.HEARTBEAT_ACK);
        assertThat(told).singleElement().isInstanceOf(Wire.Signal.Acknowledged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "null", "{}", "\"yes\""})
    void onlyTrueMakesAnInvalidSessionResumable(String data) {
        read("{\"op\":9,\"d\":" + data + "}");

        assertThat(told)
                .singleElement()
                .extracting(error -> Failures.of((Throwable) error).kind())
                .isEqualTo(Failure.Kind.SESSION_INVALIDATED);
    }

    @Test
    void aSequenceNumberThatIsNoneChangesNothing() {
        read("{\"op\":0,\"t\":\"TYPING_START\",\"s\":7,\"d\":{}}");
        read("{\"op\":0,\"t\":\"NEW_THING\",\"s\":99999999999,\"d\":{}}");

        assertThat(link.sequence()).isEqualTo(7);
    }

    private static String hello(String interval) {
        return "{\"op\":10,\"d\":{\"heartbeat_interval\":" + interval + "},\"s\":null,\"t\":null}";
    }

    private GatewayPayload<?> read(String json) {
        return Mono.from(reader.read(Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8))))
                .block();
    }
}
