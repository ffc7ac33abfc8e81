package dev.gatewatch.drill;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Under which conditions a drill was held.
 *
 * @param bot which bot
 * @param gatewatch our version
 * @param jdk the Java that ran the simulator, and our own service
 * @param machine operating system, architecture and processors
 * @param seed of everything random
 * @param heartbeatIntervalMillis what HELLO asked for; Discord's is 41,250
 * @param settings what the service was told otherwise than by default; "" for nothing
 */
@RegisterForReflection // for Jackson in a native image
public record Conditions(
        String bot,
        String gatewatch,
        String jdk,
        String machine,
        long seed,
        long heartbeatIntervalMillis,
        String settings) {

    /** The conditions on this machine. */
    public static Conditions here(
            String bot, String gatewatch, long seed, long heartbeatIntervalMillis, String settings) {
        String machine = "%s %s, %d processors"
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors());
        String jdk = System.getProperty("java.vendor.version", System.getProperty("java.vendor")) + " "
                + System.getProperty("java.version");
        return new Conditions(bot, gatewatch, jdk.strip(), machine, seed, heartbeatIntervalMillis, settings);
    }

    /** In one line. */
    String line() {
        return "%s; Gatewatch %s, JDK %s, %s; heartbeat interval %d ms, seed %d%s"
                .formatted(
                        bot,
                        gatewatch,
                        jdk,
                        machine,
                        heartbeatIntervalMillis,
                        seed,
                        settings.isEmpty() ? "" : "; " + settings);
    }
}
