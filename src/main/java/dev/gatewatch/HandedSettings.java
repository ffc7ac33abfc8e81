package dev.gatewatch;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Settings handed from the command line to the service, as system properties, which outrank the environment.
 *
 * <p>They are withdrawn when the service stops: in {@code quarkus:dev} the next one starts in the same process.
 */
final class HandedSettings {

    private static final Set<String> HANDED = ConcurrentHashMap.newKeySet();

    private HandedSettings() {}

    /** Sets each. */
    static void hand(Map<Setting, String> values) {
        values.forEach((setting, value) -> {
            HANDED.add(setting.property());
            System.setProperty(setting.property(), value);
        });
    }

    /** Clears each that was handed. */
    static void withdraw() {
        HANDED.forEach(System::clearProperty);
        HANDED.clear();
    }
}
