package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A guild's members, made when they are asked for: number 0 is the bot, number 1 the owner.
 *
 * <p>Every tenth has a role, every tenth a nickname; three in four are online, two are in a voice channel.
 */
record Members(Guild guild, Bot bot) {

    private static final String JOINED = "2020-01-01T00:00:00.000000+00:00";
    private static final List<String> STATUSES = List.of("idle", "online", "dnd", "offline");
    private static final List<Integer> IN_VOICE = List.of(2, 3);
    private static final int MODERATORS = 20;
    private static final int MEMBERS = 21;
    private static final int BOT_ROLE = 22;
    private static final int TENTH = 10;

    int count() {
        return Math.max(1, guild.memberCount());
    }

    IntStream all() {
        return IntStream.range(0, count());
    }

    /** See [Discord Docs/User/User Object]. */
    ObjectNode user(int number) {
        return number == Guild.BOT ? bot.user() : user(userId(number), name(number));
    }

    static ObjectNode user(String id, String name) {
        ObjectNode user = Json.object().put("id", id).put("username", name);
        user.put("discriminator", "0").putNull("global_name").putNull("avatar");
        user.put("bot", false).put("public_flags", 0).putNull("avatar_decoration_data");
        return user.putNull("collectibles").putNull("primary_guild");
    }

    /** See [Discord Docs/Guild/Guild Member Object]. */
    ObjectNode member(int number) {
        return member(user(number), number);
    }

    /** Somebody who is none of the numbered members, but a member all the same. */
    ObjectNode member(ObjectNode user) {
        return member(user, Guild.BOT + TENTH);
    }

    ObjectNode presence(int number) {
        ObjectNode presence = Json.object();
        presence.putObject("user").put("id", userId(number));
        presence.put("guild_id", guild.idText()).put("status", status(number)).putArray("activities");
        if (isOnline(number)) {
            presence.putObject("client_status").put("desktop", status(number));
        } else {
            presence.putObject("client_status");
        }
        return presence;
    }

    ArrayNode voiceStates(ObjectNode template) {
        ArrayNode states = Json.array();
        IN_VOICE.stream()
                .filter(number -> number < count())
                .forEach(number -> states.add(template.deepCopy()
                        .put("user_id", userId(number))
                        .put("session_id", "%032x".formatted(guild.id() + number))));
        return states;
    }

    String userId(int number) {
        return Long.toString(guild.userId(number, bot.id()));
    }

    /** The number of the member with this user id, -1 when there is none. */
    int numberOf(String userId) {
        return userId.matches("[0-9]{1,18}") || userId.matches("[0-8][0-9]{18}")
                ? guild.memberOf(Long.parseLong(userId), bot.id())
                : -1;
    }

    boolean isNamed(int number, String prefix) {
        return (number == Guild.BOT ? bot.user().path("username").asText() : name(number))
                .startsWith(prefix.toLowerCase(Locale.ROOT));
    }

    /** Whether a large guild's GUILD_CREATE has this member. See [Discord Docs/Gateway Events/Request Guild Members]. */
    boolean standsOut(int number) {
        return isOnline(number) || hasRole(number) || hasNick(number) || isInVoice(number);
    }

    boolean isOnline(int number) {
        return !status(number).equals("offline");
    }

    boolean isInVoice(int number) {
        return IN_VOICE.contains(number);
    }

    private ObjectNode member(ObjectNode user, int number) {
        ObjectNode member = Json.object();
        member.set("user", user);
        member.put("nick", hasNick(number) ? "Nick " + number : null);
        member.putNull("avatar").putNull("banner").put("joined_at", JOINED).putNull("premium_since");
        member.put("deaf", false).put("mute", false).put("pending", false).put("flags", 0);
        member.putNull("communication_disabled_until").putNull("avatar_decoration_data");
        ArrayNode roles = member.putArray("roles");
        if (hasRole(number)) {
            roles.add(guild.idOf(number == Guild.BOT ? BOT_ROLE : number == Guild.OWNER ? MODERATORS : MEMBERS));
        }
        return member;
    }

    private static boolean hasRole(int number) {
        return number <= Guild.OWNER || number % TENTH == 2;
    }

    private static boolean hasNick(int number) {
        return number % TENTH == 3;
    }

    private static String status(int number) {
        return number == Guild.BOT ? "online" : STATUSES.get(number % STATUSES.size());
    }

    private static String name(int number) {
        return number == Guild.OWNER ? "owner" : "member" + number;
    }
}
