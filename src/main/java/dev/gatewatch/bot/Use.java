package dev.gatewatch.bot;

import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One use of a command.
 *
 * @param command its name, as it is counted
 * @param ephemeral whether only the user sees the answer
 * @param reference under which the log has what went wrong
 */
record Use(String command, ChatInputInteractionEvent event, boolean ephemeral, String reference) {

    /** Without letters and digits that are taken for one another. */
    private static final String ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

    private static final int LENGTH = 6;

    static Use of(String command, ChatInputInteractionEvent event, boolean ephemeral) {
        StringBuilder reference = new StringBuilder("GW-");
        for (int i = 0; i < LENGTH; i++) {
            reference.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
        }
        return new Use(command, event, ephemeral, reference.toString());
    }

    int shard() {
        return event.getShardInfo().getIndex();
    }

    @Override
    public String toString() {
        return "/" + command + " by user " + event.getUser().getId().asString() + " on shard " + shard()
                + ", reference " + reference;
    }
}
