package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import discord4j.discordjson.json.gateway.Dispatch;
import discord4j.gateway.GatewayClient;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What Discord4J is shown of one connection after the other. */
class SupervisedGatewayClientTest {

    private final Sinks.Many<Dispatch> before = Sinks.many().unicast().onBackpressureBuffer();
    private final Sinks.Many<Dispatch> now = Sinks.many().unicast().onBackpressureBuffer();
    private final List<Dispatch> heard = new ArrayList<>();
    private final SupervisedGatewayClient client = new SupervisedGatewayClient(
            () -> 1, () -> {}, keep -> Mono.empty(), dispatch -> {}, payload -> Mono.empty(), new ReaderFailures());

    @BeforeEach
    void listen() {
        client.dispatch().subscribe(heard::add);
        client.adopt(dispatching(before));
        client.adopt(dispatching(now));
    }

    @Test
    void aDispatchThatIsUnderWayWhenTheNextConnectionOpensStillReachesListeners() {
        Dispatch underWay = new Dispatch() {};

        before.tryEmitNext(underWay).orThrow();

        assertThat(heard).containsExactly(underWay);
    }

    @Test
    void theNextConnectionIsHeardAfterTheEndOfTheOneBefore() {
        Dispatch next = new Dispatch() {};
        before.tryEmitComplete().orThrow();

        now.tryEmitNext(next).orThrow();

        assertThat(heard).containsExactly(next);
    }

    /** A client of Discord4J's of which nothing but the dispatches is asked for. */
    private static GatewayClient dispatching(Sinks.Many<Dispatch> dispatches) {
        Flux<Dispatch> told = dispatches.asFlux();
        return (GatewayClient) Proxy.newProxyInstance(
                SupervisedGatewayClientTest.class.getClassLoader(),
                new Class<?>[] {GatewayClient.class},
                (proxy, method, arguments) -> told);
    }
}
