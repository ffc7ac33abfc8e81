package dev.gatewatch.bot;

import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.discordjson.json.ApplicationCommandOptionData;
import discord4j.rest.util.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * A slash command: each CDI bean of this type is registered with Discord and answered.
 *
 * <p>{@link #handle} runs on threads of this command alone, at most {@code GATEWATCH_COMMANDS_CONCURRENCY} at a time and each for
 * {@code GATEWATCH_COMMANDS_DEADLINE} at most; it may block. Everything else is read once, at the start.
 */
public interface SlashCommand {

    /** Its name without the slash: 1 to 32 lower-case letters, digits, {@code -} or {@code _}. A built-in of this name gives way. */
    String name();

    /** What it does, for the user who is choosing one: 1 to 100 characters. */
    String description();

    /** What can be given to it, as Discord wants it described; required ones first. */
    default List<ApplicationCommandOptionData> options() {
        return List.of();
    }

    /** What a user must be allowed to do where it is used; with any, it works in servers only. */
    default Set<Permission> permissions() {
        return Set.of();
    }

    /** What the bot itself must be allowed to do where it is used. */
    default Set<Permission> botPermissions() {
        return Set.of();
    }

    /** How long one user has to wait between two uses; zero for not at all. */
    default Duration cooldown() {
        return Duration.ZERO;
    }

    /** Whether only the user sees the answer, unless {@code GATEWATCH_COMMANDS_PUBLIC} names this command. */
    default boolean ephemeral() {
        return true;
    }

    /**
     * Does what was asked for. The answer is sent as soon as it is there; when that takes longer than a moment, Discord shows
     * that the bot is thinking. An empty one is answered with "Done.".
     *
     * <p>Errors are explained to the user: {@link WrongInputException} and {@link UnavailableException} in their own words, what
     * Discord refuses by name, everything else as a fault of ours with a reference to the log.
     *
     * @param event who used it, where, and with which options; its reply methods are not to be used, its follow-ups may be
     */
    Mono<Answer> handle(ChatInputInteractionEvent event);
}
