package dev.gatewatch.bot;

import dev.gatewatch.connection.ConnectionEvent;
import discord4j.core.event.domain.channel.TypingStartEvent;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.core.spec.EmbedCreateFields;
import discord4j.core.spec.EmbedCreateSpec;
import discord4j.rest.util.Permission;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A host's code at its worst, asleep until a test wakes it. */
final class Hostile {

    /** What the listeners below do about each event. */
    static volatile Mood mood = Mood.ASLEEP;

    /** Released by a test to end what ignores interrupts. */
    static volatile CountDownLatch mercy = new CountDownLatch(1);

    static final AtomicInteger HEARD = new AtomicInteger();

    private Hostile() {}

    enum Mood {
        ASLEEP,
        BLOCKS,
        THROWS
    }

    /** A command that does one thing. */
    private record Bad(String name, Function<ChatInputInteractionEvent, Mono<Answer>> deed) implements SlashCommand {

        @Override
        public String description() {
            return "For tests";
        }

        @Override
        public Mono<Answer> handle(ChatInputInteractionEvent event) {
            return deed.apply(event);
        }
    }

    @Singleton
    static final class Commands {

        @Produces
        @Singleton
        SlashCommand throwing() {
            return new Bad("throwing", event -> {
                throw new IllegalStateException("the password is hunter2");
            });
        }

        @Produces
        @Singleton
        SlashCommand failing() {
            return new Bad("failing", event -> Mono.error(new IllegalArgumentException("deep inside")));
        }

        @Produces
        @Singleton
        SlashCommand linkage() {
            return new Bad("linkage", event -> {
                throw new NoClassDefFoundError("com/example/Missing");
            });
        }

        @Produces
        @Singleton
        SlashCommand overflow() {
            return new Bad(
                    "overflow",
                    event -> Mono.fromRunnable(() -> {
                        throw new StackOverflowError();
                    }));
        }

        @Produces
        @Singleton
        SlashCommand nothing() {
            return new Bad("nothing", event -> null);
        }

        @Produces
        @Singleton
        SlashCommand silent() {
            return new Bad("silent", event -> Mono.empty());
        }

        @Produces
        @Singleton
        SlashCommand hanging() {
            return new Bad("hanging", event -> Mono.never());
        }

        @Produces
        @Singleton
        SlashCommand blocking() {
            return new Bad("blocking", event -> {
                stayUntilInterrupted();
                return Mono.just(Answer.of("never said"));
            });
        }

        @Produces
        @Singleton
        SlashCommand stubborn() {
            return new Bad("stubborn", event -> {
                while (mercy.getCount() > 0) {
                    stayUntilInterrupted();
                }
                return Mono.just(Answer.of("never said"));
            });
        }

        @Produces
        @Singleton
        SlashCommand late() {
            return new Bad("late", event -> Mono.delay(Duration.ofSeconds(2)).map(tick -> Answer.of("better late")));
        }

        @Produces
        @Singleton
        SlashCommand malformed() {
            EmbedCreateFields.Field empty = EmbedCreateFields.Field.of("", "", false);
            return new Bad(
                    "malformed",
                    event -> Mono.just(
                            Answer.of(EmbedCreateSpec.builder().addField(empty).build())));
        }

        @Produces
        @Singleton
        SlashCommand wrong() {
            return new Bad(
                    "wrong", event -> Mono.error(new WrongInputException("`when` must be a date, like 2026-01-31.")));
        }

        @Produces
        @Singleton
        SlashCommand away() {
            return new Bad(
                    "away",
                    event -> Mono.error(new UnavailableException(
                            "The ticket system", new java.io.IOException("connection refused"))));
        }

        @Produces
        @Singleton
        SlashCommand rest() {
            return new Bad(
                    "rest",
                    event -> event.getClient().rest().getSelf().map(self -> Answer.of("I am " + self.username())));
        }
    }

    /** For members with a permission only, and for a bot with another. */
    @Singleton
    static final class Strict implements SlashCommand {

        @Override
        public String name() {
            return "strict";
        }

        @Override
        public String description() {
            return "For tests";
        }

        @Override
        public Set<Permission> permissions() {
            return Set.of(Permission.MANAGE_MESSAGES);
        }

        @Override
        public Set<Permission> botPermissions() {
            return Set.of(Permission.BAN_MEMBERS);
        }

        @Override
        public Duration cooldown() {
            return Duration.ofHours(1);
        }

        @Override
        public Mono<Answer> handle(ChatInputInteractionEvent event) {
            return Mono.just(Answer.of("done"));
        }
    }

    /** Cannot be registered. */
    @Singleton
    static final class Nameless implements SlashCommand {

        @Override
        public String name() {
            return "Not A Name";
        }

        @Override
        public String description() {
            return "For tests";
        }

        @Override
        public Mono<Answer> handle(ChatInputInteractionEvent event) {
            return Mono.empty();
        }
    }

    @Singleton
    static final class Typing implements GatewayListener<TypingStartEvent> {

        @Override
        public Class<TypingStartEvent> type() {
            return TypingStartEvent.class;
        }

        @Override
        public Mono<Void> handle(TypingStartEvent event) {
            HEARD.incrementAndGet();
            return act();
        }
    }

    @Singleton
    static final class Facts implements ConnectionListener {

        @Override
        public Mono<Void> handle(ConnectionEvent event) {
            return act();
        }
    }

    private static Mono<Void> act() {
        switch (mood) {
            case ASLEEP -> {}
            case BLOCKS -> stayUntilInterrupted();
            case THROWS -> throw new IllegalStateException("on purpose");
        }
        return Mono.empty();
    }

    private static void stayUntilInterrupted() {
        try {
            mercy.await();
        } catch (InterruptedException e) {
            // the way out
        }
    }
}
