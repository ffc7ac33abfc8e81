package dev.gatewatch;

import dev.gatewatch.log.LogEvent;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The simulator inside the service's process; at most one. */
final class DemoSimulator {

    private static final Logger LOG = Logger.getLogger("dev.gatewatch");
    private static final AtomicReference<@Nullable Simulator> RUNNING = new AtomicReference<>();

    private DemoSimulator() {}

    /**
     * Starts it on the options' port, or on a free one when that is taken and nobody insists on it.
     *
     * @throws PortTakenException when somebody insists
     */
    static Simulator start(SimulatorOptions options, boolean insistOnPort) {
        stop();
        Simulator simulator;
        if (!isTaken(options.port())) {
            simulator = Simulator.start(options);
        } else if (insistOnPort) {
            throw new PortTakenException(options.port());
        } else {
            simulator = Simulator.start(options.withPort(0));
            LogEvent.DEMO_PORT_TAKEN.log(
                    LOG, "Port %d is taken: the simulator listens on port %d", options.port(), simulator.port());
        }
        RUNNING.set(simulator);
        return simulator;
    }

    /** The one that runs. */
    static Optional<Simulator> running() {
        return Optional.ofNullable(RUNNING.get());
    }

    /** Stops it, if it runs. */
    static void stop() {
        Simulator simulator = RUNNING.getAndSet(null);
        if (simulator != null) {
            simulator.close();
        }
    }

    /**
     * What makes the service connect to it, and keeps it away from what a real service beside it uses.
     *
     * @param alerts whether simulated outages go to the alert targets that are set
     */
    static Map<Setting, String> settingsFor(Simulator simulator, RawSettings raw, Path dataDir, boolean alerts) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.TOKEN, simulator.token());
        settings.put(Setting.TOKEN_FILE, "");
        settings.put(Setting.API_BASE_URL, simulator.apiBaseUrl().toString());
        settings.put(Setting.DATA_DIR, dataDir.toString());
        settings.put(
                Setting.INSTANCE_ID, raw.valueOrDefault(Setting.INSTANCE_ID).strip() + "-demo");
        settings.put(Setting.DEADMAN_URL, "");
        if (!alerts) {
            settings.put(Setting.ALERT_TARGETS, "");
        }
        return settings;
    }

    /** Where its state outlasts a restart. */
    static Path dataDir(ConfigReport report) {
        return Path.of(report.accepted().getOrDefault(Setting.DATA_DIR, Setting.DATA_DIR.defaultValue()));
    }

    /** Whether something else listens on a loopback port; 0 is never taken. */
    static boolean isTaken(int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
