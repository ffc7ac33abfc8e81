package dev.gatewatch.gateway;

import discord4j.core.event.EventDispatcher;
import discord4j.core.event.domain.Event;
import discord4j.core.event.domain.PresenceUpdateEvent;
import discord4j.core.event.domain.VoiceStateUpdateEvent;
import discord4j.core.event.domain.channel.TypingStartEvent;
import discord4j.core.event.domain.guild.GuildCreateEvent;
import discord4j.core.event.domain.guild.GuildDeleteEvent;
import discord4j.core.event.domain.guild.MemberJoinEvent;
import discord4j.core.event.domain.guild.MemberLeaveEvent;
import discord4j.core.event.domain.guild.MemberUpdateEvent;
import discord4j.core.event.domain.message.MessageBulkDeleteEvent;
import discord4j.core.event.domain.message.MessageCreateEvent;
import discord4j.core.event.domain.message.MessageDeleteEvent;
import discord4j.core.event.domain.message.MessageUpdateEvent;
import discord4j.core.event.domain.message.ReactionAddEvent;
import discord4j.core.event.domain.message.ReactionRemoveAllEvent;
import discord4j.core.event.domain.message.ReactionRemoveEmojiEvent;
import discord4j.core.event.domain.message.ReactionRemoveEvent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import reactor.core.publisher.Flux;
import reactor.util.concurrent.Queues;

/**
 * Discord4J's event dispatcher, and an account of who listens to what, so that dispatches nobody listens to need not be built.
 *
 * <p>Until the first listener comes, Discord4J keeps a few events for it ({@link Queues#SMALL_BUFFER_SIZE}); so all are built as long
 * as they can be kept. Only GUILD_CREATE is not: it comes by the thousand after READY, and 256 of them can fill a heap.
 * Thread-safe.
 */
final class Listeners implements EventDispatcher {

    private static final Logger log = Logger.getLogger(Listeners.class);

    /** Types come from the wire: as many as this are remembered. */
    private static final int MOST_UNKNOWN = 200;

    // spotless:off
    /** The many and the large: each type that may go unbuilt, with the event (or its subclasses) that Discord4J makes of it. */
    static final Map<String, Class<? extends Event>> EVENTS = Map.ofEntries(
            Map.entry("GUILD_CREATE",                  GuildCreateEvent.class),
            Map.entry("GUILD_DELETE",                  GuildDeleteEvent.class),
            Map.entry("GUILD_MEMBER_ADD",              MemberJoinEvent.class),
            Map.entry("GUILD_MEMBER_REMOVE",           MemberLeaveEvent.class),
            Map.entry("GUILD_MEMBER_UPDATE",           MemberUpdateEvent.class),
            Map.entry("MESSAGE_CREATE",                MessageCreateEvent.class),
            Map.entry("MESSAGE_UPDATE",                MessageUpdateEvent.class),
            Map.entry("MESSAGE_DELETE",                MessageDeleteEvent.class),
            Map.entry("MESSAGE_DELETE_BULK",           MessageBulkDeleteEvent.class),
            Map.entry("MESSAGE_REACTION_ADD",          ReactionAddEvent.class),
            Map.entry("MESSAGE_REACTION_REMOVE",       ReactionRemoveEvent.class),
            Map.entry("MESSAGE_REACTION_REMOVE_ALL",   ReactionRemoveAllEvent.class),
            Map.entry("MESSAGE_REACTION_REMOVE_EMOJI", ReactionRemoveEmojiEvent.class),
            Map.entry("PRESENCE_UPDATE",               PresenceUpdateEvent.class),
            Map.entry("TYPING_START",                  TypingStartEvent.class),
            Map.entry("VOICE_STATE_UPDATE",            VoiceStateUpdateEvent.class));
    // spotless:on

    private final EventDispatcher dispatcher = EventDispatcher.buffering();
    private final Map<Class<? extends Event>, Integer> listening = new ConcurrentHashMap<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private volatile boolean listenedTo;

    /** Whether a dispatch of this type would reach anybody, now or, if it is kept, later. */
    boolean listenTo(String type) {
        Class<? extends Event> event = EVENTS.get(type);
        if (event == null) {
            return !unknown.contains(type);
        }
        if (!listenedTo) {
            return event != GuildCreateEvent.class && kept.get() < Queues.SMALL_BUFFER_SIZE;
        }
        return listening.keySet().stream()
                .anyMatch(wanted -> wanted.isAssignableFrom(event) || event.isAssignableFrom(wanted));
    }

    /** The same where others listen besides: nobody gets what Discord4J does not know. */
    boolean reach(String type, BooleanSupplier others) {
        return !unknown.contains(type) && (listenTo(type) || others.getAsBoolean());
    }

    /** Takes note that Discord4J does not know this type, so that nobody can listen to it. */
    void unknown(String type) {
        if (unknown.size() < MOST_UNKNOWN && unknown.add(type)) {
            log.debugf("Discord4J does not know dispatches of type %s: they are counted, and not read", type);
        }
    }

    @Override
    public <E extends Event> Flux<E> on(Class<E> eventClass) {
        return Flux.defer(() -> {
            listening.merge(eventClass, 1, Integer::sum);
            listenedTo = true;
            return dispatcher.on(eventClass).doFinally(signal -> left(eventClass));
        });
    }

    @Override
    public void publish(Event event) {
        if (!listenedTo) {
            kept.incrementAndGet();
        }
        dispatcher.publish(event);
    }

    @Override
    public void shutdown() {
        dispatcher.shutdown();
    }

    private void left(Class<? extends Event> eventClass) {
        listening.computeIfPresent(eventClass, (key, count) -> count == 1 ? null : count - 1);
    }
}
