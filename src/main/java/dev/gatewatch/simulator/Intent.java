package dev.gatewatch.simulator;

import java.util.Arrays;
import java.util.List;

/** Discord's intents and the events that each carries, in its order. See [Discord Docs/Gateway/List of Intents]. */
enum Intent {
    GUILDS(
            0,
            "GUILD_CREATE",
            "GUILD_UPDATE",
            "GUILD_DELETE",
            "GUILD_ROLE_CREATE",
            "GUILD_ROLE_UPDATE",
            "GUILD_ROLE_DELETE",
            "CHANNEL_CREATE",
            "CHANNEL_UPDATE",
            "CHANNEL_DELETE",
            "CHANNEL_PINS_UPDATE",
            "THREAD_CREATE",
            "THREAD_UPDATE",
            "THREAD_DELETE",
            "THREAD_LIST_SYNC",
            "THREAD_MEMBER_UPDATE",
            "THREAD_MEMBERS_UPDATE",
            "STAGE_INSTANCE_CREATE",
            "STAGE_INSTANCE_UPDATE",
            "STAGE_INSTANCE_DELETE",
            "VOICE_CHANNEL_STATUS_UPDATE",
            "VOICE_CHANNEL_START_TIME_UPDATE"),
    GUILD_MEMBERS(1, "GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE", "THREAD_MEMBERS_UPDATE"),
    GUILD_MODERATION(2, "GUILD_AUDIT_LOG_ENTRY_CREATE", "GUILD_BAN_ADD", "GUILD_BAN_REMOVE"),
    GUILD_EXPRESSIONS(
            3,
            "GUILD_EMOJIS_UPDATE",
            "GUILD_STICKERS_UPDATE",
            "GUILD_SOUNDBOARD_SOUND_CREATE",
            "GUILD_SOUNDBOARD_SOUND_UPDATE",
            "GUILD_SOUNDBOARD_SOUND_DELETE",
            "GUILD_SOUNDBOARD_SOUNDS_UPDATE"),
    GUILD_INTEGRATIONS(
            4, "GUILD_INTEGRATIONS_UPDATE", "INTEGRATION_CREATE", "INTEGRATION_UPDATE", "INTEGRATION_DELETE"),
    GUILD_WEBHOOKS(5, "WEBHOOKS_UPDATE"),
    GUILD_INVITES(6, "INVITE_CREATE", "INVITE_DELETE"),
    GUILD_VOICE_STATES(7, "VOICE_CHANNEL_EFFECT_SEND", "VOICE_STATE_UPDATE"),
    GUILD_PRESENCES(8, "PRESENCE_UPDATE"),
    GUILD_MESSAGES(9, "MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK"),
    GUILD_MESSAGE_REACTIONS(
            10,
            "MESSAGE_REACTION_ADD",
            "MESSAGE_REACTION_REMOVE",
            "MESSAGE_REACTION_REMOVE_ALL",
            "MESSAGE_REACTION_REMOVE_EMOJI"),
    GUILD_MESSAGE_TYPING(11, "TYPING_START"),
    DIRECT_MESSAGES(12, "MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "CHANNEL_PINS_UPDATE"),
    DIRECT_MESSAGE_REACTIONS(
            13,
            "MESSAGE_REACTION_ADD",
            "MESSAGE_REACTION_REMOVE",
            "MESSAGE_REACTION_REMOVE_ALL",
            "MESSAGE_REACTION_REMOVE_EMOJI"),
    DIRECT_MESSAGE_TYPING(14, "TYPING_START"),
    MESSAGE_CONTENT(15),
    GUILD_SCHEDULED_EVENTS(
            16,
            "GUILD_SCHEDULED_EVENT_CREATE",
            "GUILD_SCHEDULED_EVENT_UPDATE",
            "GUILD_SCHEDULED_EVENT_DELETE",
            "GUILD_SCHEDULED_EVENT_USER_ADD",
            "GUILD_SCHEDULED_EVENT_USER_REMOVE"),
    AUTO_MODERATION_CONFIGURATION(
            20, "AUTO_MODERATION_RULE_CREATE", "AUTO_MODERATION_RULE_UPDATE", "AUTO_MODERATION_RULE_DELETE"),
    AUTO_MODERATION_EXECUTION(21, "AUTO_MODERATION_ACTION_EXECUTION"),
    GUILD_MESSAGE_POLLS(24, "MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE"),
    DIRECT_MESSAGE_POLLS(25, "MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE");

    private final int shift;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> events;

    Intent(int shift, String... events) {
        this.shift = shift;
        this.events = List.of(events);
    }

    /** The intents of which any one is enough for an event; none when it needs no intent. */
    static List<Intent> carriersOf(String event) {
        return Arrays.stream(values())
                .filter(intent -> intent.events.contains(event))
                .toList();
    }

    long bit() {
        return 1L << shift;
    }

    /** Whether it is about direct messages. */
    boolean direct() {
        return name().startsWith("DIRECT_");
    }
}
