package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One guild that the bot is in.
 *
 * @param memberCount how many members it has, the bot included
 */
record Guild(long id, String name, int memberCount) {

    /** The number of the bot among the members. */
    static final int BOT = 0;

    /** The number of the owner among the members. */
    static final int OWNER = 1;

    private static final int GENERAL_CHANNEL = 2;
    private static final int FIRST_MEMBER = 1_000;

    /** Which shard sees a guild. See [Discord Docs/Gateway/Sharding]. */
    static long shardOf(long guildId, int shards) {
        return (guildId >> 22) % shards;
    }

    String idText() {
        return Long.toString(id);
    }

    /** The id of something in this guild, by its number in {@code documents.json}. */
    String idOf(int number) {
        return Long.toString(id + number);
    }

    String generalChannelId() {
        return idOf(GENERAL_CHANNEL);
    }

    boolean isLarge(int threshold) {
        return memberCount > threshold;
    }

    ObjectNode unavailable() {
        return Json.object().put("id", idText()).put("unavailable", true);
    }

    /** The user id of a member, by its number: the bot's is its own. */
    long userId(int member, long botId) {
        return switch (member) {
            case BOT -> botId;
            case OWNER -> id + OWNER;
            default -> id + FIRST_MEMBER + member;
        };
    }

    /** The number of the member with this user id, -1 when there is none. */
    int memberOf(long userId, long botId) {
        if (userId == botId) {
            return BOT;
        }
        long number = userId == id + OWNER ? OWNER : userId - id - FIRST_MEMBER;
        return number >= OWNER && number < memberCount && this.userId((int) number, botId) == userId
                ? (int) number
                : -1;
    }
}
