package dev.gatewatch.bot;

import discord4j.core.spec.EmbedCreateSpec;
import java.util.List;

/**
 * What a command answers; immutable. Mentions in it notify nobody.
 *
 * @param text at most 2000 characters, a longer one is cut; may be empty when there is an embed
 * @param embeds at most 10
 */
public record Answer(String text, List<EmbedCreateSpec> embeds) {

    private static final int LONGEST = 2_000;

    public Answer {
        text = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
        embeds = List.copyOf(embeds);
    }

    /** Words. */
    public static Answer of(String text) {
        return new Answer(text, List.of());
    }

    /** Embeds. */
    public static Answer of(EmbedCreateSpec... embeds) {
        return new Answer("", List.of(embeds));
    }
}
