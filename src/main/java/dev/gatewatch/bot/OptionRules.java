package dev.gatewatch.bot;

import discord4j.discordjson.json.ApplicationCommandInteractionOptionData;
import discord4j.discordjson.json.ApplicationCommandOptionChoiceData;
import discord4j.discordjson.json.ApplicationCommandOptionData;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the options that were given are those that a command asks for.
 *
 * <p>Discord's clients see to that, but they may know an older version of the command. See [Discord Docs/Application Commands:
 * Option Structure].
 */
final class OptionRules {

    private static final int SUB_COMMAND = 1;
    private static final int SUB_COMMAND_GROUP = 2;
    private static final int STRING = 3;
    private static final int INTEGER = 4;
    private static final int NUMBER = 10;

    private OptionRules() {}

    /** Throws {@link WrongInputException} when one is missing, unknown or out of range. */
    static void check(
            List<ApplicationCommandOptionData> wanted, Optional<List<ApplicationCommandInteractionOptionData>> given) {
        List<ApplicationCommandInteractionOptionData> present = given.orElseGet(List::of);
        for (ApplicationCommandOptionData option : wanted) {
            boolean required = option.required().toOptional().orElse(false);
            if (required && find(present, option.name()).isEmpty()) {
                throw new WrongInputException("`" + option.name() + "` is missing. It is: " + option.description());
            }
        }
        for (ApplicationCommandInteractionOptionData option : present) {
            ApplicationCommandOptionData rule = wanted.stream()
                    .filter(known -> known.name().equals(option.name()))
                    .findFirst()
                    .orElseThrow(() -> new WrongInputException("there is no `" + option.name()
                            + "`. Discord may show you an old version of this command: restart Discord (Ctrl+R)."));
            check(rule, option);
        }
    }

    private static void check(ApplicationCommandOptionData rule, ApplicationCommandInteractionOptionData option) {
        if (rule.type() != option.type()) {
            throw new WrongInputException("`" + rule.name() + "` is not of the kind that is expected here.");
        }
        if (rule.type() == SUB_COMMAND || rule.type() == SUB_COMMAND_GROUP) {
            check(
                    rule.options().toOptional().orElseGet(List::of),
                    option.options().toOptional());
            return;
        }
        String value = option.value().toOptional().orElse("");
        List<ApplicationCommandOptionChoiceData> choices =
                rule.choices().toOptional().orElseGet(List::of);
        if (!choices.isEmpty()
                && choices.stream()
                        .noneMatch(choice -> String.valueOf(choice.value()).equals(value))) {
            throw new WrongInputException("`" + rule.name() + "` must be one of "
                    + choices.stream()
                            .map(ApplicationCommandOptionChoiceData::name)
                            .collect(Collectors.joining(", ")) + ".");
        }
        if (rule.type() == INTEGER || rule.type() == NUMBER) {
            range(
                    rule,
                    number(rule.name(), value),
                    rule.minValue().toOptional(),
                    rule.maxValue().toOptional(),
                    "");
        } else if (rule.type() == STRING) {
            range(
                    rule,
                    value.length(),
                    rule.minLength().toOptional().map(Integer::doubleValue),
                    rule.maxLength().toOptional().map(Integer::doubleValue),
                    " characters long");
        }
    }

    private static double number(String name, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new WrongInputException("`" + name + "` must be a number.");
        }
    }

    private static void range(
            ApplicationCommandOptionData rule,
            double value,
            Optional<Double> least,
            Optional<Double> most,
            String unit) {
        if (least.filter(bound -> value < bound).isPresent()
                || most.filter(bound -> value > bound).isPresent()) {
            String from = least.map(bound -> "at least " + Words.number(bound)).orElse("");
            String to = most.map(bound -> "at most " + Words.number(bound)).orElse("");
            String and = from.isEmpty() || to.isEmpty() ? "" : " and ";
            throw new WrongInputException("`" + rule.name() + "` must be " + from + and + to + unit + ".");
        }
    }

    private static Optional<ApplicationCommandInteractionOptionData> find(
            List<ApplicationCommandInteractionOptionData> options, String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }
}
