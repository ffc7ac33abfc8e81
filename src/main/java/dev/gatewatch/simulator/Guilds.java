package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The guilds that the bot is in: the same ids, names and member counts on every start.
 *
 * <p>A guild belongs to shard {@code (id >> 22) % shards}. See [Discord Docs/Gateway/Sharding].
 */
final class Guilds {

    /** 2020-01-01 in Discord's epoch, in milliseconds: the guilds were founded one millisecond apart. */
    private static final long FOUNDED = 157_766_400_000L;

    private final List<Guild> guilds;

    Guilds(int count, int members) {
        this.guilds = IntStream.range(0, count)
                .mapToObj(i -> new Guild((FOUNDED + i) << 22, "Guild " + (i + 1), share(members, count, i)))
                .toList();
    }

    /** One guild; {@code members} counts the bot too. */
    record Guild(long id, String name, int members) {

        ObjectNode unavailable() {
            return Json.object().put("id", Long.toString(id)).put("unavailable", true);
        }

        /** The data of its GUILD_CREATE. See [Discord Docs/Gateway Events/Guild Create]. */
        ObjectNode created(ObjectNode bot) {
            String owner = Long.toString(id + 1);
            ObjectNode guild = Json.object();
            guild.put("id", Long.toString(id)).put("name", name).put("owner_id", owner);
            for (String absent : List.of(
                    "icon",
                    "splash",
                    "discovery_splash",
                    "banner",
                    "description",
                    "afk_channel_id",
                    "application_id",
                    "system_channel_id",
                    "rules_channel_id",
                    "public_updates_channel_id",
                    "safety_alerts_channel_id",
                    "vanity_url_code",
                    "max_presences")) {
                guild.putNull(absent);
            }
            guild.put("region", "deprecated").put("afk_timeout", 300).put("verification_level", 1);
            guild.put("default_message_notifications", 1)
                    .put("explicit_content_filter", 0)
                    .put("mfa_level", 0);
            guild.put("system_channel_flags", 0).put("max_members", 500_000).put("max_video_channel_users", 25);
            guild.put("premium_tier", 0).put("premium_subscription_count", 0).put("preferred_locale", "en-US");
            guild.put("nsfw", false).put("nsfw_level", 0).put("premium_progress_bar_enabled", false);
            guild.put("joined_at", "2020-01-01T00:00:00.000000+00:00").put("large", members > 250);
            guild.put("unavailable", false).put("member_count", members);
            for (String empty : List.of(
                    "emojis",
                    "features",
                    "voice_states",
                    "threads",
                    "presences",
                    "stage_instances",
                    "guild_scheduled_events",
                    "stickers",
                    "soundboard_sounds")) {
                guild.putArray(empty);
            }
            guild.putArray("roles").add(everyone());
            guild.putArray("channels").add(channel());
            guild.putArray("members").add(member(bot));
            return guild;
        }

        String channelId() {
            return Long.toString(id + 2);
        }

        private ObjectNode everyone() {
            ObjectNode role = Json.object();
            role.put("id", Long.toString(id))
                    .put("name", "@everyone")
                    .put("color", 0)
                    .put("hoist", false);
            role.putNull("icon").putNull("unicode_emoji").put("position", 0).put("permissions", "137411140505153");
            role.put("managed", false).put("mentionable", false).put("flags", 0);
            role.putObject("colors")
                    .put("primary_color", 0)
                    .putNull("secondary_color")
                    .putNull("tertiary_color");
            return role;
        }

        private ObjectNode channel() {
            ObjectNode channel = Json.object();
            channel.put("id", channelId())
                    .put("type", 0)
                    .put("position", 0)
                    .put("name", "general")
                    .put("flags", 0);
            channel.putNull("parent_id")
                    .putNull("topic")
                    .putNull("last_message_id")
                    .put("nsfw", false);
            channel.put("rate_limit_per_user", 0).putArray("permission_overwrites");
            return channel;
        }

        private static ObjectNode member(ObjectNode bot) {
            ObjectNode member = Json.object();
            member.set("user", bot);
            member.putNull("nick").putNull("avatar").putNull("banner").putNull("premium_since");
            member.putNull("communication_disabled_until");
            member.put("joined_at", "2020-01-01T00:00:00.000000+00:00")
                    .put("deaf", false)
                    .put("mute", false);
            member.put("pending", false).put("flags", 0).putArray("roles");
            return member;
        }
    }

    List<Guild> ofShard(int shard, int shards) {
        return guilds.stream()
                .filter(guild -> (guild.id() >> 22) % shards == shard)
                .toList();
    }

    private static int share(int members, int count, int index) {
        return members / count + (index < members % count ? 1 : 0);
    }
}
