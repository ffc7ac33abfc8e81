package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import discord4j.common.JacksonResources;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Whatever arrives, the reader neither leaks, fails nor blocks: it passes a payload on, skips it, or ends the connection. */
class ObservingReaderFuzzTest {

    private static final List<String> PAYLOADS = List.of(
            "{\"op\":10,\"d\":{\"heartbeat_interval\":41250},\"s\":null,\"t\":null}",
            "{\"op\":11,\"d\":null,\"s\":null,\"t\":null}",
            "{\"op\":9,\"d\":true,\"s\":null,\"t\":null}",
            "{\"op\":7,\"d\":null,\"s\":null,\"t\":null}",
            "{\"op\":0,\"d\":{},\"s\":3,\"t\":\"RESUMED\"}",
            "{\"op\":0,\"d\":{\"id\":\"5\",\"unavailable\":true},\"s\":4,\"t\":\"GUILD_DELETE\"}",
            "{\"op\":0,\"d\":{\"v\":10,\"session_id\":\"abc\",\"resume_gateway_url\":\"wss://x\",\"guilds\":[]},\"s\":1,\"t\":\"READY\"}");

    private static final ObjectMapper MAPPER = JacksonResources.create().getObjectMapper();

    private final long seed = Long.getLong("gatewatch.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @RepeatedTest(5)
    void survivesMutatedAndRandomBytes() {
        for (int i = 0; i < 2_000; i++) {
            Pulse pulse = new Pulse(Schedulers.parallel());
            ObservedLink link = new ObservedLink(0, null, pulse, Traffic.UNMEASURED);
            ObservingReader reader = new ObservingReader(MAPPER, link, new Nobody(), () -> {});
            byte[] bytes = random.nextInt(4) == 0 ? garbage() : mutated();
            ByteBuf buffer = Unpooled.buffer().writeBytes(bytes);

            List<Throwable> errors = new ArrayList<>();
            Flux.from(reader.read(buffer)).subscribe(payload -> {}, errors::add);

            assertThat(errors)
                    .as("seed %d: %s", seed, new String(bytes, StandardCharsets.ISO_8859_1))
                    .isEmpty();
            assertThat(buffer.refCnt()).as("seed %d, input %d", seed, i).isZero();
        }
    }

    private byte[] garbage() {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] mutated() {
        byte[] bytes = PAYLOADS.get(random.nextInt(PAYLOADS.size())).getBytes(StandardCharsets.UTF_8);
        for (int n = random.nextInt(4); n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
        }
        int length = random.nextInt(5) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return Arrays.copyOf(bytes, length);
    }
}
