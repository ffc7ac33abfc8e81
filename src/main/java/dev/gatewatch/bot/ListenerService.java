package dev.gatewatch.bot;

import dev.gatewatch.connection.ConnectionEvent;
import dev.gatewatch.gateway.ConnectionEvents;
import dev.gatewatch.gateway.DispatchTap;
import dev.gatewatch.gateway.GatewayService;
import dev.gatewatch.log.LogEvent;
import discord4j.core.GatewayDiscordClient;
import discord4j.core.event.domain.Event;
import discord4j.discordjson.json.gateway.Dispatch;
import discord4j.discordjson.json.gateway.Ready;
import discord4j.discordjson.json.gateway.Resumed;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The listeners' life in the service: each has a {@link Listening} of its own; what arrives is handed over and never waited for.
 */
@Singleton
public class ListenerService {

    private static final Logger log = Logger.getLogger(ListenerService.class);

    private final GatewayService gateway;
    private final ConnectionEvents events;
    private final CommandConfig config;
    private final Instance<GatewayListener<?>> gatewayListeners;
    private final Instance<ConnectionListener> connectionListeners;
    private final Tally tally;
    private final Scheduler clock = Schedulers.newSingle("gatewatch-bot-listeners", true);
    private final List<Listening<Event>> toGateway = new CopyOnWriteArrayList<>();
    private final List<Listening<ConnectionEvent>> toConnection = new CopyOnWriteArrayList<>();
    private final Disposable.Swap dispatcher = Disposables.swap();
    private final Disposable.Swap facts = Disposables.swap();
    private @Nullable GatewayDiscordClient current;

    ListenerService(
            GatewayService gateway,
            ConnectionEvents events,
            CommandConfig config,
            Instance<GatewayListener<?>> gatewayListeners,
            Instance<ConnectionListener> connectionListeners,
            MeterRegistry meters) {
        this.gateway = gateway;
        this.events = events;
        this.config = config;
        this.gatewayListeners = gatewayListeners;
        this.connectionListeners = connectionListeners;
        tally = new Tally(meters, events);
    }

    void start(@Observes StartupEvent event) {
        gatewayListeners.forEach(this::add);
        connectionListeners.forEach(listener -> toConnection.add(new Listening<>(
                listener, ConnectionEvent.class, listener::handle, ConnectionEvent::shard, config, tally, clock)));
        if (!toConnection.isEmpty()) {
            facts.update(events.read("listeners", fact -> toConnection.forEach(listening -> listening.offer(fact))));
        }
        if (!toGateway.isEmpty()) {
            gateway.tap(new DispatchTap() {
                @Override
                public void seen(int shard, Dispatch dispatch) {
                    ListenerService.this.seen(dispatch);
                }

                @Override
                public boolean reads(String type) {
                    return true; // also what arrives between READY and the listeners' being connected
                }
            });
        }
    }

    void stop(@Observes ShutdownEvent event) {
        dispatcher.dispose();
        facts.dispose();
        toGateway.forEach(Listening::dispose);
        toConnection.forEach(Listening::dispose);
        clock.dispose();
    }

    /** Whether a host's listener gets events of this type. */
    boolean listensTo(Class<? extends Event> type) {
        return toGateway.stream().anyMatch(listening -> listening.takes(type));
    }

    private <E extends Event> void add(GatewayListener<E> listener) {
        try {
            Class<E> type = listener.type();
            toGateway.add(new Listening<>(
                    listener,
                    type,
                    event -> listener.handle(type.cast(event)),
                    event -> event.getShardInfo().getIndex(),
                    config,
                    tally,
                    clock));
        } catch (RuntimeException | LinkageError e) {
            LogEvent.HANDLER_LEFT_OUT.log(
                    log,
                    "%s is left out, since it does not say what it listens to: %s",
                    listener.getClass().getName(),
                    e);
        }
    }

    /** Discord4J's client is there once a shard is connected, and another one after a change of the token. */
    private void seen(Dispatch dispatch) {
        if (dispatch instanceof Ready || dispatch instanceof Resumed) {
            try {
                clock.schedule(() -> gateway.client()
                        .subscribe(
                                this::listen, error -> LogEvent.LISTENERS_SILENT.log(log, "No listener: %s", error)));
            } catch (RuntimeException e) { // rejected: the service is being shut down
                log.debugf("Listeners are not connected: %s", e);
            }
        }
    }

    private synchronized void listen(GatewayDiscordClient client) {
        if (client != current) {
            current = client;
            dispatcher.update(client.getEventDispatcher()
                    .on(Event.class)
                    .subscribe(
                            events.failures()
                                    .guard(
                                            "listeners",
                                            event -> toGateway.forEach(listening -> listening.offer(event))),
                            error -> LogEvent.LISTENERS_SILENT.log(
                                    log, "Discord's events have ended for the listeners: %s", error)));
        }
    }
}
