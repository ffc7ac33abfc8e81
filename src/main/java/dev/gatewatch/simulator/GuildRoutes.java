package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Answers requests about guilds, their members and users. See [Discord Docs/Guild] and [Discord Docs/User]. */
final class GuildRoutes {

    private static final Pattern GUILD = Pattern.compile("/guilds/([0-9]+)(?:/(.+))?");
    private static final Pattern MEMBER = Pattern.compile("members/([0-9]+|@me)");
    private static final Pattern USER = Pattern.compile("/users/([0-9]+)");
    private static final int MOST_MEMBERS = 1_000;
    private static final String GUILD_PERMISSIONS = "8";

    private final Gateway gateway;
    private final Bot bot;

    GuildRoutes(Gateway gateway, Bot bot) {
        this.gateway = gateway;
        this.bot = bot;
    }

    /** Answers a GET. */
    Reply answer(HttpCall call, String path) {
        Matcher guild = GUILD.matcher(path);
        if (guild.matches()) {
            String rest = guild.group(2) == null ? "" : guild.group(2);
            return gateway.guilds()
                    .find(guild.group(1))
                    .map(found -> ofGuild(call, new GuildDocuments(found, bot), found, rest))
                    .orElseGet(() -> Reply.error(404, "Unknown Guild", 10004));
        }
        Matcher user = USER.matcher(path);
        if (user.matches()) {
            return Reply.json(200, user(user.group(1)));
        }
        return path.equals("/users/@me/guilds") ? ownGuilds(call) : Reply.error(404, "Not Found");
    }

    /** The user with this id; one who is a member of no guild has a name made up. */
    ObjectNode user(String id) {
        for (Guild guild : gateway.guilds().all()) {
            Members members = new Members(guild, bot);
            int number = members.numberOf(id);
            if (number >= 0) {
                return members.user(number);
            }
        }
        return id.equals(bot.idText()) ? bot.user() : Members.user(id, "user" + id);
    }

    private Reply ofGuild(HttpCall call, GuildDocuments documents, Guild guild, String rest) {
        Matcher member = MEMBER.matcher(rest);
        if (member.matches()) {
            return member(documents.members(), member.group(1));
        }
        return switch (rest) {
            case "" -> Reply.json(200, guild(call, documents, guild));
            case "members" -> members(call, documents.members());
            case "members/search" -> search(call, documents.members());
            case "channels" -> Reply.json(200, documents.objects("channel"));
            case "roles" -> Reply.json(200, documents.objects("role"));
            case "emojis" -> Reply.json(200, Json.array().add(documents.object("emoji")));
            case "stickers" -> Reply.json(200, Json.array().add(documents.object("sticker")));
            case "scheduled-events" -> Reply.json(200, Json.array().add(documents.object("event")));
            case "soundboard-sounds" -> {
                ObjectNode sounds = Json.object();
                sounds.putArray("items").add(documents.object("sound"));
                yield Reply.json(200, sounds);
            }
            case "threads/active" -> {
                ObjectNode threads = Json.object();
                threads.putArray("threads").add(documents.object("thread")).addAll(documents.objects("thread"));
                threads.putArray("members");
                yield Reply.json(200, threads);
            }
            default -> Reply.error(404, "Not Found");
        };
    }

    private static ObjectNode guild(HttpCall call, GuildDocuments documents, Guild guild) {
        ObjectNode object = documents.object("guild");
        if (call.isTrue("with_counts")) {
            object.put("approximate_member_count", guild.memberCount());
            object.put("approximate_presence_count", (guild.memberCount() * 3 + 3) / 4);
        }
        return object;
    }

    private static Reply member(Members members, String id) {
        int number = id.equals("@me") ? Guild.BOT : members.numberOf(id);
        return number < 0 ? Reply.error(404, "Unknown Member", 10007) : Reply.json(200, members.member(number));
    }

    /** See [Discord Docs/Guild/List Guild Members], which takes the intent GUILD_MEMBERS. */
    private Reply members(HttpCall call, Members members) {
        if ((gateway.rules().disallowedIntents() & Intent.GUILD_MEMBERS.bit()) != 0) {
            return Reply.error(403, "Missing Access", 50001);
        }
        String after = call.query("after", "0");
        return Reply.json(
                200,
                list(
                        members,
                        members.all()
                                .boxed()
                                .sorted((left, right) -> compare(members.userId(left), members.userId(right)))
                                .filter(number -> compare(members.userId(number), after) > 0)
                                .mapToInt(Integer::intValue),
                        limit(call)));
    }

    private static Reply search(HttpCall call, Members members) {
        String query = call.query("query", "");
        return Reply.json(
                200, list(members, members.all().filter(number -> members.isNamed(number, query)), limit(call)));
    }

    private static int limit(HttpCall call) {
        String limit = call.query("limit", "1");
        return limit.matches("[0-9]{1,4}") ? Math.min(MOST_MEMBERS, Integer.parseInt(limit)) : 1;
    }

    private static ArrayNode list(Members members, IntStream numbers, int limit) {
        ArrayNode list = Json.array();
        numbers.limit(limit).forEach(number -> list.add(members.member(number)));
        return list;
    }

    /** See [Discord Docs/User/Get Current User Guilds]. */
    private Reply ownGuilds(HttpCall call) {
        ArrayNode list = Json.array();
        for (Guild guild : gateway.guilds().all()) {
            ObjectNode partial = Json.object().put("id", guild.idText()).put("name", guild.name());
            partial.putNull("icon").putNull("banner").put("owner", false).put("permissions", GUILD_PERMISSIONS);
            partial.putArray("features").add("COMMUNITY").add("NEWS").add("SOUNDBOARD");
            if (call.isTrue("with_counts")) {
                partial.put("approximate_member_count", guild.memberCount());
                partial.put("approximate_presence_count", (guild.memberCount() * 3 + 3) / 4);
            }
            if (compare(guild.idText(), call.query("after", "0")) > 0) {
                list.add(partial);
            }
        }
        return Reply.json(200, list);
    }

    private static int compare(String left, String right) {
        int byLength = Integer.compare(left.length(), right.length());
        return byLength != 0 ? byLength : left.compareTo(right);
    }
}
