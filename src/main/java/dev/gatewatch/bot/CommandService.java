package dev.gatewatch.bot;

import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.gateway.GatewayService;
import dev.gatewatch.log.LogEvent;
import discord4j.core.GatewayDiscordClient;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.core.object.command.ApplicationCommand;
import discord4j.core.object.command.Interaction;
import discord4j.discordjson.json.InteractionData;
import discord4j.discordjson.json.gateway.Dispatch;
import discord4j.discordjson.json.gateway.InteractionCreate;
import discord4j.discordjson.json.gateway.Ready;
import discord4j.discordjson.json.gateway.Resumed;
import discord4j.gateway.ShardInfo;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The slash commands' life in the service: takes interactions of every shard first-hand, and has them served.
 *
 * <p>Not from Discord4J's event dispatcher: there one slow listener holds all events back for up to 10 s and then drops them, and an
 * interaction lives for 3. On the connection's event loop nothing is done but to hand over.
 */
@Singleton
public class CommandService {

    private static final Logger log = Logger.getLogger(CommandService.class);

    /** How many interactions are served at a time; more than Discord's users can cause without meaning harm. */
    private static final int MOST_AT_A_TIME = 1_000;

    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(3);

    private final GatewayService gateway;
    private final ConnectionEvents events;
    private final CommandConfig config;
    private final Instance<SlashCommand> handlers;
    private final ListenerService listeners;
    private final Scheduler clock = Schedulers.newSingle("gatewatch-bot", true);
    private final CommandRunner runner;
    private final AtomicInteger serving = new AtomicInteger();

    private volatile Catalogue catalogue;
    private volatile Registration registration;

    CommandService(
            GatewayService gateway,
            ConnectionEvents events,
            CommandConfig config,
            Instance<SlashCommand> handlers,
            ListenerService listeners,
            MeterRegistry meters) {
        this.gateway = gateway;
        this.events = events;
        this.config = config;
        this.handlers = handlers;
        this.listeners = listeners;
        Tally tally = new Tally(meters, events);
        runner = new CommandRunner(config, tally, clock);
        catalogue = new Catalogue(Stream.empty(), config);
        registration = new Registration(catalogue, config, events, gateway.firstShard(), clock);
    }

    void start(@Observes StartupEvent event) {
        catalogue = new Catalogue(handlers.stream(), config);
        registration = new Registration(catalogue, config, events, gateway.firstShard(), clock);
        gateway.tap(this::seen);
    }

    void stop(@Observes ShutdownEvent event) {
        registration.dispose();
        runner.dispose();
        clock.dispose();
    }

    private void seen(int shard, Dispatch dispatch) {
        try {
            if (dispatch instanceof InteractionCreate created) {
                clock.schedule(() -> received(shard, created.interaction()));
            } else if (dispatch instanceof Ready || dispatch instanceof Resumed) {
                clock.schedule(() -> registration.ensure(gateway.client()));
            }
        } catch (RuntimeException e) { // rejected: the service is being shut down
            log.debugf("A dispatch is not looked at: %s", e);
        }
    }

    private void received(int shard, InteractionData data) {
        if (!config.commandsEnabled() || !isSlashCommand(data)) {
            return;
        }
        if (serving.incrementAndGet() > MOST_AT_A_TIME) {
            serving.decrementAndGet();
            LogEvent.INTERACTION_UNANSWERED.log(
                    log, "An interaction is not answered: %d others are being served", MOST_AT_A_TIME);
            return;
        }
        gateway.client()
                .timeout(CLIENT_PATIENCE, clock)
                .flatMap(client -> serve(client, shard, data))
                .doFinally(signal -> serving.decrementAndGet())
                .subscribe(
                        done -> {},
                        error -> LogEvent.INTERACTION_UNANSWERED.log(
                                log, "An interaction could not be served: %s", Redacted.trace(error)));
    }

    private Mono<Void> serve(GatewayDiscordClient client, int shard, InteractionData data) {
        ShardInfo info = ShardInfo.create(shard, client.getGatewayClientGroup().getShardCount());
        ChatInputInteractionEvent event = new ChatInputInteractionEvent(client, info, new Interaction(client, data));
        Optional<KnownCommand> command = catalogue.find(event.getCommandName());
        if (command.isPresent()) {
            return runner.serve(command.get(), event);
        }
        return listeners.listensTo(ChatInputInteractionEvent.class) ? Mono.empty() : runner.refuseUnknown(event);
    }

    /** The others, buttons and the like, are for a {@link GatewayListener}. */
    private static boolean isSlashCommand(InteractionData data) {
        return data.type() == Interaction.Type.APPLICATION_COMMAND.getValue()
                && data.data()
                        .toOptional()
                        .flatMap(used -> used.type().toOptional())
                        .filter(type -> type == ApplicationCommand.Type.CHAT_INPUT.getValue())
                        .isPresent();
    }
}
