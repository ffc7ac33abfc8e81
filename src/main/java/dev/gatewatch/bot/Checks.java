package dev.gatewatch.bot;

import dev.gatewatch.connection.DurationWords;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.discordjson.json.InteractionData;
import discord4j.rest.util.Permission;
import discord4j.rest.util.PermissionSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether somebody may use a command here and now; what is against it is a {@link RefusedException} for the user. */
final class Checks {

    private final Cooldowns cooldowns = new Cooldowns();

    /** Throws when something is against it; else the user's cooldown begins. */
    void check(KnownCommand command, ChatInputInteractionEvent event, long now) {
        InteractionData data = event.getInteraction().getData();
        mayUser(command, data);
        mayBot(command, data);
        OptionRules.check(command.options(), data.data().toOptional().flatMap(used -> used.options()
                .toOptional()));
        String user = event.getUser().getId().asString();
        Duration left = cooldowns.take(command.name(), user, command.cooldown(), now);
        if (!left.isZero()) {
            throw new RefusedException(
                    Outcome.COOLDOWN,
                    "You can use `/" + command.name() + "` again in " + DurationWords.of(left.plusMillis(999)) + ".");
        }
    }

    private static void mayUser(KnownCommand command, InteractionData data) {
        if (command.permissions().isEmpty()) {
            return;
        }
        String bits = data.member()
                .toOptional()
                .flatMap(member -> member.permissions().toOptional())
                .orElseThrow(() -> new RefusedException(
                        Outcome.MISSING_PERMISSION, "`/" + command.name() + "` can be used in a server only."));
        Set<Permission> missing = missing(command.permissions(), bits);
        if (!missing.isEmpty()) {
            throw new RefusedException(
                    Outcome.MISSING_PERMISSION,
                    "You need the permission " + names(missing) + " to use `/" + command.name()
                            + "` here. A server admin can give it to one of your roles.");
        }
    }

    private static void mayBot(KnownCommand command, InteractionData data) {
        Set<Permission> missing = missing(
                command.botPermissions(), data.appPermissions().toOptional().orElse("0"));
        if (!missing.isEmpty()) {
            throw new RefusedException(
                    Outcome.BOT_MISSING_PERMISSION,
                    "I need the permission " + names(missing)
                            + " for that. Please ask a server admin to give it to my role.");
        }
    }

    private static Set<Permission> missing(Set<Permission> needed, String bits) {
        PermissionSet held = PermissionSet.of(bits);
        return held.contains(Permission.ADMINISTRATOR)
                ? Set.of()
                : needed.stream()
                        .filter(permission -> !held.contains(permission))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As Discord's settings call them: {@code **Manage Messages**}. */
    private static String names(Set<Permission> permissions) {
        return permissions.stream().map(Checks::name).collect(Collectors.joining(", "));
    }

    private static String name(Permission permission) {
        return Arrays.stream(permission.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" ", "**", "**"));
    }
}
