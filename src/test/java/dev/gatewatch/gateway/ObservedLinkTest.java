package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The IDENTIFY of one connection: it is either sent and counted, or dropped and not counted. */
class ObservedLinkTest {

    private static final int RACES = 2_000;

    private final ObservedLink link = link();
    private final List<ByteBuf> sent = new ArrayList<>();

    @Test
    void anIdentifyOnAnOpenConnectionIsSentAndCounted() {
        ByteBuf payload = send(link);

        assertThat(sent).containsExactly(payload);
        assertThat(link.hasIdentified()).isTrue();
    }

    @Test
    void anIdentifyAfterTheCutIsDroppedAndNotCounted() {
        link.cut();

        ByteBuf payload = send(link);

        assertThat(sent).isEmpty();
        assertThat(link.hasIdentified()).isFalse();
        assertThat(payload.refCnt()).isZero();
    }

    @Test
    void anIdentifyAfterAFailureIsDroppedAndNotCounted() {
        link.failed(Failure.closed(4000, ""));

        send(link);

        assertThat(sent).isEmpty();
        assertThat(link.hasIdentified()).isFalse();
    }

    @Test
    void aSecondIdentifyOnTheSameConnectionIsDropped() {
        ByteBuf first = send(link);

        send(link);

        assertThat(sent).containsExactly(first);
    }

    @Test
    void whatTheLinkSaysAfterTheCutIsWhatWasSent() throws InterruptedException, ExecutionException {
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < RACES; i++) {
                sent.clear();
                ObservedLink racing = link();
                Future<ByteBuf> sending = sender.submit(() -> send(racing));
                racing.cut();
                boolean identified = racing.hasIdentified();
                sending.get();

                assertThat(sent).hasSize(identified ? 1 : 0);
            }
        } finally {
            sender.shutdownNow();
        }
    }

    private ByteBuf send(ObservedLink over) {
        ByteBuf payload = Unpooled.copiedBuffer("{\"op\":2}", StandardCharsets.UTF_8);
        Flux.from(DiscordWire.identifyOnce(over, Flux.just(payload))).subscribe(sent::add);
        return payload;
    }

    private static ObservedLink link() {
        return new ObservedLink(0, null, new Pulse(Schedulers.immediate()), Traffic.UNMEASURED);
    }
}
