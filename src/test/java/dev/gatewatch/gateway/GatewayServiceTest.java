package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Spliterators;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Orders to a service whose disk does not answer. */
class GatewayServiceTest {

    private static final Duration LESS_THAN_UNTIL_AN_ORDER_IS_GIVEN_UP = Orders.PATIENCE.dividedBy(2);

    @TempDir
    private Path directory;

    private final CountDownLatch diskAnswers = new CountDownLatch(1);
    private GatewayService service;

    @BeforeEach
    void build() {
        service = new GatewayService(
                TestConfig.with(Map.of()),
                () -> directory,
                new ConnectionEvents(),
                unused(Instance.class),
                unused(Instance.class),
                unused(Event.class));
    }

    @AfterEach
    void stop() throws InterruptedException {
        diskAnswers.countDown();
        service.stop(new ShutdownEvent());
    }

    @Test
    void anOrderThatNeedsNoDiskIsCarriedOutThoughTheDiskHangs() {
        AtomicBoolean carriedOut = new AtomicBoolean();
        service.fromDisk(() -> {
                    diskAnswers.await();
                    return "read";
                })
                .subscribe();

        service.inTurn(Mono.fromRunnable(() -> carriedOut.set(true))).block(LESS_THAN_UNTIL_AN_ORDER_IS_GIVEN_UP);

        assertThat(carriedOut).isTrue();
    }

    @Test
    void aTokenIsReadThoughTheDiskOfTheStateHangs() throws Exception {
        Path sessions = directory.resolve("sessions.json");
        assertThat(new ProcessBuilder("mkfifo", sessions.toString()).start().waitFor())
                .isZero();
        service.start(new StartupEvent()); // reads the sessions, of which nobody writes any

        try {
            assertThat(service.fromDisk(() -> "token").block(LESS_THAN_UNTIL_AN_ORDER_IS_GIVEN_UP))
                    .isEqualTo("token");
        } finally {
            FileChannel.open(sessions, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    .close();
        }
    }

    /** Whatever is asked of it, the answer is no, or nothing. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T unused(Class<?> type) {
        return (T) Proxy.newProxyInstance(
                GatewayServiceTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "iterator" -> Collections.emptyIterator();
                    case "spliterator" -> Spliterators.emptySpliterator();
                    default -> method.getReturnType() == boolean.class ? false : null;
                });
    }
}
