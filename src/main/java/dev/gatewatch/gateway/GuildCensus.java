package dev.gatewatch.gateway;

import dev.gatewatch.connection.ConnectionEvent;
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
    private long comings;
    private long changes;

    GuildCensus(int shard, ConnectionEvents events, Scheduler scheduler) {
        this.shard = shard;
        this.events = events;
        this.scheduler = scheduler;
    }

    /** Takes note of a dispatch, if it changes the count. See [Discord Docs/Gateway Events/Guilds]. */
    synchronized void count(Glance dispatch) {
        String type = dispatch.type();
        int before = members.size();
        if (type == null || !change(type, dispatch)) {
            return;
        }
        changes++;
        comings += members.size() == before && !type.equals("READY") ? 0 : 1;
        tellSoon();
    }

    int shard() {
        return shard;
    }

    /** The member count of each guild. */
    synchronized Map<Long, Long> members() {
        return Map.copyOf(members);
    }

    /** How often guilds have come or gone; a number that stays the same says that none has. */
    synchronized long comings() {
        return comings;
    }

    /** How often anything has changed, member counts included. */
    synchronized long changes() {
        return changes;
    }

    /** Takes over what was counted before a restart, since a resume does not tell it again. */
    synchronized void restore(Map<Long, Long> counted) {
        members.putAll(counted);
    }

    /** Tells at once what was taken over, if anything, so that it is known before the first connection. */
    synchronized void begin() {
        if (!members.isEmpty()) {
            scheduler.schedule(this::tell);
        }
    }

    private boolean change(String type, Glance dispatch) {
        switch (type) {
            case "READY" -> {
                Map<Long, Long> before = Map.copyOf(members);
                members.clear();
                dispatch.guilds().forEach(guild -> members.put(guild, before.getOrDefault(guild, 0L)));
            }
            case "GUILD_CREATE" -> {
                if (dispatch.unavailable() || dispatch.id() == 0) {
                    return false;
                }
                members.put(dispatch.id(), dispatch.members());
            }
            case "GUILD_DELETE" -> {
                if (dispatch.unavailable()) {
                    return false; // An outage of the guild: the bot is still in it.
                }
                members.remove(dispatch.id());
            }
            case "GUILD_MEMBER_ADD" -> add(dispatch.guild(), 1);
            case "GUILD_MEMBER_REMOVE" -> add(dispatch.guild(), -1);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void add(long guild, int difference) {
        members.computeIfPresent(guild, (id, count) -> Math.max(0, count + difference));
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
