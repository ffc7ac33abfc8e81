package dev.gatewatch;

import java.util.Map;

/** The environment of a process that is started: this one's, without what configures Gatewatch. */
final class OnlyThese {

    private OnlyThese() {}

    /** Of the variables that configure it, these and no others. */
    static void variables(ProcessBuilder builder, Map<String, String> variables) {
        builder.environment().keySet().removeIf(name -> name.matches("(DISCORD|GATEWATCH|QUARKUS)_.*"));
        builder.environment().putAll(variables);
    }
}
