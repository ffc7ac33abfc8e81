package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import discord4j.core.event.domain.Event;
import discord4j.core.event.domain.guild.GuildCreateEvent;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.core.event.domain.message.MessageCreateEvent;
import discord4j.core.event.domain.message.MessageDeleteEvent;
import discord4j.core.event.domain.message.MessageEvent;
import discord4j.core.event.domain.message.ReactionEvent;
import discord4j.gateway.json.jackson.PayloadDeserializer;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.util.concurrent.Queues;

class ListenersTest {

    private static final List<String> HANDLERS =
            List.of("DispatchHandlers", "GuildDispatchHandlers", "MessageDispatchHandlers", "ChannelDispatchHandlers");

    private final Listeners listeners = new Listeners();

    @Test
    void whatAListenerAskedForIsBuilt() {
        Disposable messages = listeners.on(MessageCreateEvent.class).subscribe();

        assertThat(listeners.listenTo("MESSAGE_CREATE")).isTrue();
        assertThat(listeners.listenTo("MESSAGE_UPDATE")).isFalse();
        assertThat(listeners.listenTo("GUILD_CREATE")).isFalse();

        messages.dispose();
        assertThat(listeners.listenTo("MESSAGE_CREATE")).isFalse();
    }

    @Test
    void aListenerToAFamilyOfEventsGetsEachOfThem() {
        listeners.on(MessageEvent.class).subscribe();

        assertThat(listeners.listenTo("MESSAGE_DELETE")).isTrue();
        assertThat(listeners.listenTo("MESSAGE_REACTION_ADD"))
                .isEqualTo(MessageEvent.class.isAssignableFrom(ReactionEvent.class));
        assertThat(listeners.listenTo("TYPING_START")).isFalse();

        listeners.on(Event.class).subscribe();
        assertThat(Listeners.EVENTS.keySet()).allMatch(listeners::listenTo);
    }

    @Test
    void oneOfTwoListenersMayLeave() {
        Disposable first = listeners.on(MessageDeleteEvent.class).subscribe();
        listeners.on(MessageDeleteEvent.class).subscribe();
        first.dispose();

        assertThat(listeners.listenTo("MESSAGE_DELETE")).isTrue();
    }

    @Test
    void whatIsNotInTheTableIsAlwaysBuilt() {
        listeners.on(ChatInputInteractionEvent.class).subscribe();

        assertThat(List.of("READY", "RESUMED", "INTERACTION_CREATE", "GUILD_MEMBERS_CHUNK", "NEW_EVENT"))
                .allMatch(listeners::listenTo);
    }

    @Test
    void whatDiscord4jDoesNotKnowIsNotBuiltAgain() {
        listeners.unknown("NEW_EVENT");

        assertThat(listeners.listenTo("NEW_EVENT")).isFalse();
        assertThat(listeners.listenTo("OTHER_NEW_EVENT")).isTrue();
    }

    @Test
    void whatDiscord4jDoesNotKnowIsBuiltForNobodyElseEither() {
        listeners.unknown("NEW_EVENT");

        assertThat(listeners.reach("NEW_EVENT", () -> true)).isFalse();
        assertThat(listeners.reach("GUILD_CREATE", () -> true)).isTrue();
        assertThat(listeners.reach("GUILD_CREATE", () -> false)).isFalse();
    }

    @Test
    void untilTheFirstListenerComesAsMuchIsBuiltAsDiscord4jKeepsForIt() {
        assertThat(listeners.listenTo("MESSAGE_CREATE")).isTrue();
        assertThat(listeners.listenTo("GUILD_CREATE")).isFalse();

        for (int i = 0; i < Queues.SMALL_BUFFER_SIZE; i++) {
            listeners.publish(new Nothing());
        }
        assertThat(listeners.listenTo("MESSAGE_CREATE")).isFalse();

        listeners.on(GuildCreateEvent.class).subscribe();
        assertThat(listeners.listenTo("GUILD_CREATE")).isTrue();
    }

    @Test
    void theTableSaysWhatDiscord4jMakesOfADispatch() throws ReflectiveOperationException {
        Map<Type, Type> made = new HashMap<>();
        for (String name : HANDLERS) {
            Class<?> handlers = Class.forName("discord4j.core.event.dispatch." + name);
            for (Method method : handlers.getDeclaredMethods()) {
                Type[] parameters = method.getGenericParameterTypes();
                if (parameters.length == 1
                        && parameters[0] instanceof ParameterizedType context
                        && method.getGenericReturnType() instanceof ParameterizedType mono) {
                    made.put(context.getActualTypeArguments()[0], mono.getActualTypeArguments()[0]);
                }
            }
        }
        Field types = PayloadDeserializer.class.getDeclaredField("dispatchTypes");
        types.setAccessible(true);
        Map<?, ?> dispatches = (Map<?, ?>) types.get(null);

        Listeners.EVENTS.forEach((type, event) ->
                assertThat(made.get((Type) dispatches.get(type))).as(type).isEqualTo(event));
    }

    private static final class Nothing extends Event {
        Nothing() {
            super(null, null);
        }
    }
}
