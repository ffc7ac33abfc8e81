package dev.gatewatch.bot;

import discord4j.discordjson.json.ApplicationCommandOptionData;
import discord4j.discordjson.json.ApplicationCommandRequest;
import discord4j.rest.util.Permission;
import discord4j.rest.util.PermissionSet;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A {@link SlashCommand} as it described itself at the start, so that its code is asked for nothing but {@link
 * SlashCommand#handle} afterwards.
 *
 * @param handler carries it out
 */
record KnownCommand(
        String name,
        String description,
        List<ApplicationCommandOptionData> options,
        Set<Permission> permissions,
        Set<Permission> botPermissions,
        Duration cooldown,
        boolean ephemeral,
        SlashCommand handler) {

    private static final int CHAT_INPUT = 1;
    private static final int IN_GUILDS = 0;

    /** See [Discord Docs/Application Commands: Application Command Naming]. */
    private static final Pattern NAME = Pattern.compile("[-_\\p{Ll}\\p{Lo}\\p{N}]{1,32}");

    /**
     * Reads what a command says of itself.
     *
     * @throws IllegalArgumentException when Discord would not take it; the message says what is expected
     */
    static KnownCommand of(SlashCommand handler, boolean isPublic) {
        String name = Objects.requireNonNull(handler.name(), "name() is null");
        String description = Objects.requireNonNull(handler.description(), "description() is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name() is \"" + name + "\": 1 to 32 lower-case letters, digits, - or _ are expected");
        }
        if (description.isEmpty() || description.length() > 100) {
            throw new IllegalArgumentException("description() must have 1 to 100 characters");
        }
        return new KnownCommand(
                name,
                description,
                List.copyOf(handler.options()),
                Set.copyOf(handler.permissions()),
                Set.copyOf(handler.botPermissions()),
                handler.cooldown(),
                !isPublic && handler.ephemeral(),
                handler);
    }

    /** What Discord is told; {@code global} when it is for all guilds and direct messages. */
    ApplicationCommandRequest request(boolean global) {
        var request = ApplicationCommandRequest.builder()
                .name(name)
                .description(description)
                .type(CHAT_INPUT)
                .options(options);
        if (!permissions.isEmpty()) {
            long bits = PermissionSet.of(permissions.toArray(Permission[]::new)).getRawValue();
            request.defaultMemberPermissions(Optional.of(Long.toString(bits)));
            if (global) {
                request.contexts(List.of(IN_GUILDS));
            }
        }
        return request.build();
    }
}
