package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
import discord4j.discordjson.Id;
import discord4j.discordjson.json.gateway.Dispatch;
import discord4j.discordjson.json.gateway.GuildCreate;
import discord4j.discordjson.json.gateway.GuildDelete;
import discord4j.discordjson.json.gateway.GuildMemberAdd;
import discord4j.discordjson.json.gateway.GuildMemberRemove;
import discord4j.discordjson.json.gateway.Ready;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * Counts one shard's guilds and their members without caching any of them.
 *
 * <p>It keeps a set of guild ids with a member count each, so that a GUILD_CREATE that is sent again on a new session counts
 * once. Changes are told at most once per {@link #PAUSE}: ten thousand guilds arrive in a burst. Thread-safe.
 */
final class GuildCensus {

    static final Duration PAUSE = Duration.ofMillis(250);

    private final int shard;
    private final ConnectionEvents events;
    private final Scheduler scheduler;
    private final Map<Long, Long> members = new HashMap<>();
    private boolean due;

    GuildCensus(int shard, ConnectionEvents events, Scheduler scheduler) {
        this.shard = shard;
        this.events = events;
        this.scheduler = scheduler;
    }

    /** Takes note of a dispatch, if it changes the count. */
    synchronized void count(Dispatch dispatch) {
        if (dispatch instanceof Ready ready) {
            Map<Long, Long> before = Map.copyOf(members);
            members.clear();
            ready.guilds()
                    .forEach(guild -> members.put(
                            guild.id().asLong(), before.getOrDefault(guild.id().asLong(), 0L)));
        } else if (dispatch instanceof GuildCreate create) {
            if (create.guild().unavailable().toOptional().orElse(false)) {
                return;
            }
            members.put(create.guild().id().asLong(), (long) create.guild().memberCount());
        } else if (dispatch instanceof GuildDelete delete) {
            if (delete.guild().unavailable().toOptional().orElse(false)) {
                return; // An outage of the guild: the bot is still in it.
            }
            members.remove(delete.guild().id().asLong());
        } else if (dispatch instanceof GuildMemberAdd add) {
            change(add.guildId(), 1);
        } else if (dispatch instanceof GuildMemberRemove remove) {
            change(remove.guildId(), -1);
        } else {
            return;
        }
        tellSoon();
    }

    /** The member count of each guild. */
    synchronized Map<Long, Long> members() {
        return Map.copyOf(members);
    }

    /** Takes over what was counted before a restart, since a resume does not tell it again. */
    synchronized void restore(Map<Long, Long> counted) {
        members.putAll(counted);
        tellSoon();
    }

    private void change(Id guild, int difference) {
        members.computeIfPresent(guild.asLong(), (id, count) -> Math.max(0, count + difference));
    }

    private void tellSoon() {
        if (!due) {
            due = true;
            scheduler.schedule(this::tell, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        int guilds;
        long users;
        synchronized (this) {
            due = false;
            guilds = members.size();
            users = members.values().stream().mapToLong(Long::longValue).sum();
        }
        Instant now = Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
        events.publish(new ConnectionEvent.GuildsCounted(shard, now, guilds, users));
    }
}
