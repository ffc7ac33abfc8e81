package dev.gatewatch.gateway;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Payloads as large as Discord's: a guild has 50 channels, 30 roles, 100 members and 50 emojis. */
public final class RealisticPayloads {

    /** The first guild's id; the next one's is a thousand more. */
    public static final long FOUNDED = 1_100_000_000_000_000_000L;

    private RealisticPayloads() {}

    /** A GUILD_CREATE, some 90 KB of JSON. */
    public static byte[] guild(int number, int sequence) {
        long id = FOUNDED + number * 1_000L;
        String data = """
                {"id":"%d","name":"Guild %d","owner_id":"%d","icon":null,"splash":null,"discovery_splash":null,"banner":null,
                "description":null,"afk_channel_id":null,"application_id":null,"system_channel_id":null,"rules_channel_id":null,
                "public_updates_channel_id":null,"vanity_url_code":null,"max_presences":null,"region":"deprecated","afk_timeout":300,
                "verification_level":1,"default_message_notifications":1,"explicit_content_filter":0,"mfa_level":0,
                "system_channel_flags":0,"max_members":500000,"max_video_channel_users":25,"premium_tier":0,
                "premium_subscription_count":0,"preferred_locale":"en-US","nsfw":false,"nsfw_level":0,
                "premium_progress_bar_enabled":false,"joined_at":"2020-01-01T00:00:00.000000+00:00","large":false,
                "unavailable":false,"member_count":100,"features":["COMMUNITY","NEWS"],"voice_states":[],"threads":[],
                "presences":[],"stage_instances":[],"guild_scheduled_events":[],"stickers":[],"soundboard_sounds":[],
                "roles":[%s],"channels":[%s],"members":[%s],"emojis":[%s]}""".formatted(
                        id,
                        number,
                        id + 1,
                        list(30, i -> role(id + i)),
                        list(50, i -> channel(id + 100 + i, i)),
                        list(100, i -> member(id + 200 + i, i)),
                        list(50, i -> emoji(id + 400 + i)));
        return dispatch("GUILD_CREATE", sequence, data);
    }

    /** A TYPING_START, the smallest of the many. */
    public static byte[] typing(int sequence) {
        return dispatch(
                "TYPING_START",
                sequence,
                "{\"channel_id\":\"%d\",\"guild_id\":\"%d\",\"user_id\":\"%d\",\"timestamp\":1795500000}"
                        .formatted(FOUNDED + 100, FOUNDED, FOUNDED + 200));
    }

    /** A MESSAGE_CREATE with two sentences and a mention. */
    public static byte[] message(int sequence) {
        return dispatch("MESSAGE_CREATE", sequence, """
                {"id":"%d","channel_id":"%d","guild_id":"%d","type":0,"content":"Has anybody seen how this ends? I had it a minute ago, \
                and <@%d> says it was there yesterday.","author":{"id":"%d","username":"somebody7","discriminator":"0","global_name":"Somebody",\
                "avatar":"a1b2c3d4e5f60718293a4b5c6d7e8f90","bot":false,"public_flags":64},"member":{"roles":["%d","%d"],"nick":"Nick 7",\
                "avatar":null,"banner":null,"premium_since":null,"communication_disabled_until":null,"joined_at":"2021-05-06T07:08:09.123000+00:00",\
                "deaf":false,"mute":false,"pending":false,"flags":0},"timestamp":"2026-11-24T10:11:12.345000+00:00","edited_timestamp":null,\
                "tts":false,"mention_everyone":false,"mentions":[{"id":"%d","username":"somebody8","discriminator":"0","global_name":"Somebody",\
                "avatar":null,"bot":false,"public_flags":0,"member":{"roles":[],"nick":null,"avatar":null,"banner":null,"premium_since":null,\
                "communication_disabled_until":null,"joined_at":"2021-05-06T07:08:09.123000+00:00","deaf":false,"mute":false,"pending":false,"flags":0}}],\
                "mention_roles":[],"attachments":[],"embeds":[],"components":[],"pinned":false,"flags":0,"nonce":"1234567890"}""".formatted(
                        FOUNDED + 10_000_000 + sequence,
                        FOUNDED + 100,
                        FOUNDED,
                        FOUNDED + 208,
                        FOUNDED + 207,
                        FOUNDED + 1,
                        FOUNDED + 2,
                        FOUNDED + 208));
    }

    /** A MESSAGE_REACTION_ADD. */
    public static byte[] reaction(int sequence) {
        return dispatch("MESSAGE_REACTION_ADD", sequence, """
                {"user_id":"%d","channel_id":"%d","message_id":"%d","guild_id":"%d","emoji":{"id":"%d","name":"party_parrot"},\
                "message_author_id":"%d","burst":false,"type":0,"member":{"user":{"id":"%d","username":"somebody7","discriminator":"0",\
                "global_name":"Somebody","avatar":null,"bot":false,"public_flags":64},"nick":null,"avatar":null,"banner":null,"premium_since":null,\
                "communication_disabled_until":null,"joined_at":"2021-05-06T07:08:09.123000+00:00","deaf":false,"mute":false,"pending":false,\
                "flags":0,"roles":["%d"]}}""".formatted(
                        FOUNDED + 207,
                        FOUNDED + 100,
                        FOUNDED + 10_000_001,
                        FOUNDED,
                        FOUNDED + 400,
                        FOUNDED + 208,
                        FOUNDED + 207,
                        FOUNDED + 1));
    }

    private static byte[] dispatch(String type, int sequence, String data) {
        return "{\"t\":\"%s\",\"s\":%d,\"op\":0,\"d\":%s}"
                .formatted(type, sequence, data)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String role(long id) {
        return """
               {"id":"%d","name":"a role of some length","color":3447003,"hoist":true,"icon":null,"unicode_emoji":null,
               "position":3,"permissions":"137411140505153","managed":false,"mentionable":true,"flags":0,
               "colors":{"primary_color":3447003,"secondary_color":null,"tertiary_color":null}}""".formatted(id);
    }

    private static String channel(long id, int position) {
        return """
               {"id":"%d","type":0,"position":%d,"name":"general-talk-%d","flags":0,"parent_id":null,"nsfw":false,
               "topic":"What this channel is for, in a sentence or two, as moderators write it","last_message_id":"%d",
               "rate_limit_per_user":0,"permission_overwrites":[{"id":"%d","type":0,"allow":"1024","deny":"2048"}]}""".formatted(id, position, position, id + 7, id - 9);
    }

    private static String member(long id, int number) {
        return """
               {"user":{"id":"%d","username":"somebody%d","discriminator":"0","global_name":"Somebody","avatar":
               "a1b2c3d4e5f60718293a4b5c6d7e8f90","bot":false,"public_flags":64},"nick":"Nick %d","avatar":null,"banner":null,
               "premium_since":null,"communication_disabled_until":null,"joined_at":"2021-05-06T07:08:09.123000+00:00",
               "deaf":false,"mute":false,"pending":false,"flags":0,"roles":["%d","%d"]}""".formatted(id, number, number, id - 11, id - 12);
    }

    private static String emoji(long id) {
        return """
               {"id":"%d","name":"party_parrot","roles":[],"require_colons":true,"managed":false,"animated":true,"available":true}""".formatted(id);
    }

    private static String list(int count, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(joining(","));
    }
}
