package com.example;

import dev.gatewatch.bot.ConnectionListener;
import dev.gatewatch.bot.GatewayListener;
import dev.gatewatch.connection.ConnectionEvent;
import discord4j.core.event.domain.guild.GuildCreateEvent;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Counts losses of the connection, and with {@link Guilds} the guilds that the bot is in. */
@Singleton
public class OutageNotes implements ConnectionListener {

    private final AtomicInteger losses = new AtomicInteger();

    /** How often a connection was lost. */
    public int losses() {
        return losses.get();
    }

    @Override
    public Mono<Void> handle(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.Disconnected) {
            losses.incrementAndGet();
        }
        return Mono.empty();
    }

    /** Listens to one type of Discord's events. */
    @Singleton
    public static class Guilds implements GatewayListener<GuildCreateEvent> {

        private final Set<Long> seen = ConcurrentHashMap.newKeySet();

        /** How many guilds were seen. */
        public int count() {
            return seen.size();
        }

        @Override
        public Class<GuildCreateEvent> type() {
            return GuildCreateEvent.class;
        }

        @Override
        public Mono<Void> handle(GuildCreateEvent event) {
            return Mono.fromRunnable(() -> seen.add(event.getGuild().getId().asLong()));
        }
    }
}
