package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Events that change nothing in any bot and carry a number, so that a lost or repeated one is found out.
 *
 * <p>The number is in {@code user_id} of a TYPING_START, counted from {@link Simulator#FIRST_EVENT_USER}. A session without the
 * intent for it gets a CHANNEL_PINS_UPDATE, with the number in microseconds since 2020. On the event loop.
 */
final class NumberedEvents {

    private static final String TYPING = "TYPING_START";
    private static final String PINS = "CHANNEL_PINS_UPDATE";
    private static final Instant FIRST_PIN = Instant.parse("2020-01-01T00:00:00Z");
    private static final long LARGEST_NUMBER = 1_000_000_000_000L;

    private final Gateway gateway;
    private long last;

    NumberedEvents(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Sends some to every session, connected or not, and returns the newest number. */
    long emit(int count) {
        for (int i = 0; i < count; i++) {
            last++;
            for (GatewaySession session : gateway.sessions().alive()) {
                send(session);
            }
        }
        return last;
    }

    long last() {
        return last;
    }

    /** The number that an event carries; empty when it is none of these. */
    static OptionalLong numberOf(Payload payload) {
        long number = 0;
        if (payload.isDispatch(TYPING)) {
            number = payload.data().path("user_id").asLong() - Simulator.FIRST_EVENT_USER + 1;
        } else if (payload.isDispatch(PINS)) {
            number = sinceFirstPin(payload.data().path("last_pin_timestamp").asText());
        }
        return number > 0 && number < LARGEST_NUMBER ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private void send(GatewaySession session) {
        Optional<Guild> guild = gateway.guilds().ofShard(session.shard(), session.shards()).stream()
                .findFirst();
        if (guild.isEmpty()) {
            if (session.shard() == 0) { // what belongs to no guild goes to shard 0
                session.dispatch(TYPING, typing("1"));
            }
        } else if (!session.dispatch(TYPING, typing(guild.get(), session.botId()))) {
            session.dispatch(PINS, pins(guild.get()));
        }
    }

    /** See [Discord Docs/Gateway Events/Typing Start]. */
    private ObjectNode typing(Guild guild, long botId) {
        ObjectNode typing = typing(guild.generalChannelId()).put("guild_id", guild.idText());
        ObjectNode user = Members.user(typing.path("user_id").asText(), "typist");
        return typing.set("member", new Members(guild, new Bot(botId)).member(user));
    }

    private ObjectNode typing(String channel) {
        return Json.object()
                .put("channel_id", channel)
                .put("user_id", Long.toString(Simulator.FIRST_EVENT_USER + last - 1))
                .put("timestamp", System.currentTimeMillis() / 1000);
    }

    private JsonNode pins(Guild guild) {
        return Json.object()
                .put("guild_id", guild.idText())
                .put("channel_id", guild.generalChannelId())
                .put("last_pin_timestamp", Timestamps.of(FIRST_PIN.plus(last, ChronoUnit.MICROS)));
    }

    private static long sinceFirstPin(String timestamp) {
        try {
            return ChronoUnit.MICROS.between(
                    FIRST_PIN, OffsetDateTime.parse(timestamp).toInstant());
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
