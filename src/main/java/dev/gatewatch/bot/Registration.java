package dev.gatewatch.bot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.log.LogEvent;
import discord4j.core.GatewayDiscordClient;
import discord4j.discordjson.json.ApplicationCommandData;
import discord4j.discordjson.json.ApplicationCommandRequest;
import discord4j.rest.route.Routes;
import discord4j.rest.service.ApplicationService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Makes Discord offer the commands that there are: once per client, whatever becomes of its connections.
 *
 * <p>Asks first, and writes only what differs: nothing after a restart, so that the 200 new commands a day are never used up. Commands
 * that are not ours are left alone. See [Discord Docs/Application Commands: Registering a Command].
 */
final class Registration implements Disposable {

    private static final Logger log = Logger.getLogger(Registration.class);

    private static final Duration ATTEMPT = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int CHAT_INPUT = 1;

    private final Catalogue catalogue;
    private final List<String> guilds;
    private final ConnectionEvents events;
    private final int shard;
    private final Scheduler clock;
    private final Disposable.Swap underWay = Disposables.swap();
    private @Nullable GatewayDiscordClient registered;

    /** What goes wrong concerns the whole bot; {@code shard} is the one that it is told of. */
    Registration(Catalogue catalogue, CommandConfig config, ConnectionEvents events, int shard, Scheduler clock) {
        this.catalogue = catalogue;
        this.guilds = config.commandsGuilds().orElseGet(List::of);
        this.events = events;
        this.shard = shard;
        this.clock = clock;
    }

    /** Starts to register with this client, unless that was begun already. On {@code clock}'s thread. */
    void ensure(Mono<GatewayDiscordClient> client) {
        client.publishOn(clock)
                .subscribe(
                        this::begin,
                        error -> LogEvent.COMMANDS_UNREGISTERED.log(
                                log, "Commands cannot be registered: %s", Redacted.line(error)));
    }

    @Override
    public void dispose() {
        underWay.dispose();
    }

    private void begin(GatewayDiscordClient client) {
        if (client == registered) {
            return;
        }
        registered = client;
        underWay.update(Mono.defer(() -> register(client))
                .timeout(ATTEMPT, clock)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .scheduler(clock)
                        .filter(error -> RestError.status(error) != 401)
                        .doBeforeRetry(signal -> failed(signal.failure())))
                .subscribe(done -> {}, this::failed));
    }

    private Mono<Void> register(GatewayDiscordClient client) {
        ApplicationService discord = client.rest().getApplicationService();
        return applicationId(client).flatMap(application -> {
            Scope global = new Scope(discord, application, null);
            List<KnownCommand> everywhere = guilds.isEmpty() ? catalogue.offered() : List.of();
            return reconcile(global, everywhere)
                    .thenMany(Flux.fromIterable(guilds))
                    .concatMap(guild -> inGuild(new Scope(discord, application, guild)))
                    .then();
        });
    }

    /** Asked as plain JSON: Discord4J 3.3.2 cannot read an application whose owner has no global name. */
    private static Mono<Long> applicationId(GatewayDiscordClient client) {
        return Routes.APPLICATION_INFO_GET
                .newRequest()
                .exchange(client.rest().getRestResources().getRouter())
                .bodyToMono(JsonNode.class)
                .map(application ->
                        Long.parseUnsignedLong(application.path("id").asText()));
    }

    /** One guild that refuses must not keep the others from their commands. */
    private Mono<Void> inGuild(Scope scope) {
        return reconcile(scope, catalogue.offered()).onErrorResume(error -> RestError.status(error) == 403, error -> {
            LogEvent.COMMANDS_UNREGISTERED.log(
                    log,
                    "Commands cannot be registered in guild %s (%s). Invite the bot there with the scope applications.commands, or take it out of GATEWATCH_COMMANDS_GUILDS.",
                    scope.guild(),
                    Redacted.line(error));
            return Mono.empty();
        });
    }

    private Mono<Void> reconcile(Scope scope, List<KnownCommand> wanted) {
        return scope.list().collectList().flatMap(list -> {
            Map<String, ApplicationCommandData> known = list.stream()
                    .filter(command -> command.type().toOptional().orElse(CHAT_INPUT) == CHAT_INPUT)
                    .collect(Collectors.toMap(ApplicationCommandData::name, Function.identity(), (a, b) -> a));
            List<ApplicationCommandRequest> changed = wanted.stream()
                    .map(command -> command.request(scope.guild() == null))
                    .filter(request -> differs(request, known.get(request.name())))
                    .toList();
            List<ApplicationCommandData> gone = known.values().stream()
                    .filter(command -> isOurs(command.name())
                            && wanted.stream().noneMatch(ours -> ours.name().equals(command.name())))
                    .toList();
            return Flux.fromIterable(changed)
                    .concatMap(scope::write)
                    .thenMany(Flux.fromIterable(gone))
                    .concatMap(command -> scope.remove(command.id().asLong()))
                    .then(Mono.<Void>fromRunnable(() -> LogEvent.COMMANDS_REGISTERED.log(
                            log,
                            "Slash commands %s: %d offered, %d written, %d removed",
                            scope,
                            wanted.size(),
                            changed.size(),
                            gone.size())));
        });
    }

    private static boolean differs(ApplicationCommandRequest wanted, @Nullable ApplicationCommandData known) {
        return known == null || !CommandShape.same(wanted, known);
    }

    private boolean isOurs(String name) {
        return catalogue.withdrawn().contains(name) || catalogue.find(name).isPresent();
    }

    private void failed(Throwable error) {
        Instant now = Instant.ofEpochMilli(clock.now(TimeUnit.MILLISECONDS));
        LogEvent.COMMANDS_UNREGISTERED.log(
                log, Logger.Level.WARN, "Slash commands could not be registered: %s", Redacted.line(error));
        events.publish(new ConnectionEvent.ErrorOccurred(shard, now, "COMMAND_REGISTRATION", Redacted.line(error)));
    }

    /** Where commands are offered: everywhere, or in one guild. */
    private record Scope(
            ApplicationService discord,
            long application,
            @Nullable String guild) {

        Flux<ApplicationCommandData> list() {
            return guild == null
                    ? discord.getGlobalApplicationCommands(application)
                    : discord.getGuildApplicationCommands(application, Long.parseUnsignedLong(guild));
        }

        /** A command with a known name is replaced. */
        Mono<ApplicationCommandData> write(ApplicationCommandRequest command) {
            return guild == null
                    ? discord.createGlobalApplicationCommand(application, command)
                    : discord.createGuildApplicationCommand(application, Long.parseUnsignedLong(guild), command);
        }

        Mono<Void> remove(long id) {
            return guild == null
                    ? discord.deleteGlobalApplicationCommand(application, id)
                    : discord.deleteGuildApplicationCommand(application, Long.parseUnsignedLong(guild), id);
        }

        @Override
        public String toString() {
            return guild == null ? "everywhere" : "in guild " + guild;
        }
    }
}
