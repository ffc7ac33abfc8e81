package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Discord takes for an application command.
 *
 * <p>See [Discord Docs/Application Commands/Application Command Object].
 */
final class CommandRules {

    /** See [Discord Docs/Application Commands/Application Command Naming]. */
    private static final Pattern CHAT_NAME = Pattern.compile("[-_'\\p{Ll}\\p{Lo}\\p{N}]{1,32}");

    private static final int CHAT_INPUT = 1;
    private static final int LONGEST_NAME = 32;
    private static final int LONGEST_DESCRIPTION = 100;

    private CommandRules() {}

    /** What is wrong with a command; null when nothing is. */
    static @Nullable FormError errorOf(JsonNode command) {
        String name = command.path("name").asText();
        if (name.isEmpty()) {
            return FormError.required("name");
        }
        if (command.path("type").asInt(CHAT_INPUT) != CHAT_INPUT) {
            return name.length() > LONGEST_NAME ? FormError.badLength("name", 1, LONGEST_NAME) : null;
        }
        return errorOfNamed(command);
    }

    /** A chat command and its options follow the same rules. */
    private static @Nullable FormError errorOfNamed(JsonNode named) {
        String name = named.path("name").asText();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return FormError.badLength("name", 1, LONGEST_NAME);
        }
        if (!CHAT_NAME.matcher(name).matches()) {
            return new FormError("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
        if (!named.hasNonNull("description")) {
            return FormError.required("description");
        }
        int length = named.path("description").asText().length();
        if (length == 0 || length > LONGEST_DESCRIPTION) {
            return FormError.badLength("description", 1, LONGEST_DESCRIPTION);
        }
        for (int i = 0; i < named.path("options").size(); i++) {
            FormError error = errorOfOption(named.path("options").get(i));
            if (error != null) {
                return error.under("options." + i);
            }
        }
        return null;
    }

    private static @Nullable FormError errorOfOption(JsonNode option) {
        return option.hasNonNull("type") ? errorOfNamed(option) : FormError.required("type");
    }
}
