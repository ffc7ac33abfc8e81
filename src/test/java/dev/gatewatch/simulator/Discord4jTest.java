package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import discord4j.core.DiscordClient;
import discord4j.core.GatewayDiscordClient;
import discord4j.core.event.domain.channel.TypingStartEvent;
import discord4j.core.event.domain.guild.GuildCreateEvent;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.core.event.domain.lifecycle.ReadyEvent;
import discord4j.core.shard.ShardingStrategy;
import discord4j.rest.request.RouterOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Stock Discord4J 3.3.2 takes the simulator for Discord. */
class Discord4jTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void logsInReceivesItsGuildsAndResumesAfterClose1000() {
        // An immediate HELLO trips a race in Discord4J (FACTS.md, section 5); here it is about everything else.
        SimulatorOptions options = SimulatorOptions.defaults()
                .withPort(0)
                .withHeartbeatInterval(Duration.ofSeconds(1))
                .withRules(Rules.discord().withHelloDelay(Duration.ofMillis(50)));
        try (Simulator simulator = Simulator.start(options)) {
            Set<Long> guilds = ConcurrentHashMap.newKeySet();
            AtomicInteger members = new AtomicInteger();
            AtomicInteger readies = new AtomicInteger();
            AtomicLong lastTyping = new AtomicLong();
            GatewayDiscordClient client = DiscordClient.builder(simulator.token())
                    .setExtraOptions(o -> new RouterOptions(
                            o.getToken(),
                            o.getReactorResources(),
                            o.getExchangeStrategies(),
                            o.getResponseTransformers(),
                            o.getGlobalRateLimiter(),
                            o.getRequestQueueFactory(),
                            simulator.apiBaseUrl().toString()))
                    .build()
                    .gateway()
                    .setSharding(ShardingStrategy.recommended())
                    .withEventDispatcher(events -> {
                        events.on(ReadyEvent.class).subscribe(ready -> readies.incrementAndGet());
                        events.on(TypingStartEvent.class)
                                .subscribe(typing ->
                                        lastTyping.set(typing.getUserId().asLong()));
                        events.on(ChatInputInteractionEvent.class)
                                .flatMap(interaction -> interaction.reply("all is well"))
                                .subscribe();
                        return events.on(GuildCreateEvent.class).doOnNext(created -> {
                            guilds.add(created.getGuild().getId().asLong());
                            members.addAndGet(created.getGuild().getMemberCount());
                        });
                    })
                    .login()
                    .block(PATIENCE);
            assertThat(client).isNotNull();
            await().atMost(PATIENCE).until(() -> guilds.size() == 5);
            assertThat(members).hasValue(1250);

            simulator.faults().inject("close", Map.of("code", 1000));
            await().atMost(PATIENCE).until(() -> resumed(simulator));
            simulator.emit(3);
            await().atMost(PATIENCE).until(() -> lastTyping.get() == Simulator.FIRST_EVENT_USER + 2);

            simulator.interact("status");
            await().atMost(PATIENCE).until(() -> simulator
                    .interactions()
                    .get(0)
                    .path("state")
                    .asText()
                    .equals("answered"));
            assertThat(simulator.interactions().get(0).at("/answer/content").asText())
                    .isEqualTo("all is well");

            assertThat(readies).hasValue(1);
            assertThat(simulator.state().at("/identifies/spent").asInt()).isEqualTo(1);
            assertThat(simulator.violations()).isEmpty();
            // In some 5 of 100 runs Discord4J takes the echo of its own close frame for Discord's and reconnects
            // instead.
            client.logout().timeout(Duration.ofSeconds(3)).retry(3).block(PATIENCE);
        }
    }

    private static boolean resumed(Simulator simulator) {
        return simulator.journal().entries().stream()
                .anyMatch(entry -> entry.event().equals("resumed"));
    }
}
