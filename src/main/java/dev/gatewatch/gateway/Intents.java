package dev.gatewatch.gateway;

import discord4j.gateway.intent.Intent;
import discord4j.gateway.intent.IntentSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The groups of events a bot asks for, by Discord's names.
 *
 * <p>See [Discord Docs/Gateway/Gateway Intents].
 */
public final class Intents {

    private Intents() {}

    /** What the configuration asks for; when it names none, all intents that need no approval by Discord. */
    public static IntentSet from(GatewayConfig config) {
        return config.intents()
                .filter(names -> !names.isEmpty())
                .map(Intents::of)
                .orElseGet(IntentSet::nonPrivileged);
    }

    /**
     * The intents of these names, in any case.
     *
     * @throws IllegalArgumentException when a name is unknown
     */
    public static IntentSet of(List<String> names) {
        return IntentSet.of(names.stream()
                .map(name -> Intent.valueOf(name.strip().toUpperCase(Locale.ROOT)))
                .toArray(Intent[]::new));
    }

    /** The names among the configured intents that Discord must approve. See [Discord Docs/Gateway/Privileged Intents]. */
    static List<String> privileged(GatewayConfig config) {
        IntentSet free = IntentSet.nonPrivileged();
        return from(config).stream()
                .filter(intent -> !free.contains(intent))
                .map(Intent::name)
                .toList();
    }

    /** Every name there is, in Discord's order. */
    public static List<String> names() {
        return Arrays.stream(Intent.values()).map(Intent::name).collect(Collectors.toUnmodifiableList());
    }
}
