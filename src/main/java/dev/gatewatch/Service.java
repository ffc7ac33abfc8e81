package dev.gatewatch;

import dev.gatewatch.api.LateOpenApi;
import dev.gatewatch.log.KnownSecrets;
import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The service, run until it is told to stop. */
final class Service {

    private static final Logger LOG = Logger.getLogger("dev.gatewatch");

    private Service() {}

    /** Settings right: their report; settings wrong: says so on standard error. */
    static boolean isReady(ConfigReport report) {
        if (!report.isGood()) {
            System.err.println(report.message());
            return false;
        }
        report.warnings().forEach(warning -> LogEvent.SETTING_UNKNOWN.log(LOG, "%s", warning));
        return true;
    }

    /**
     * Runs the service; returns when it has stopped, unless stopping ends the process.
     *
     * @param raw what was set
     * @param report the check of it, without problems
     * @param overriding settings that outrank all others
     */
    static void run(RawSettings raw, ConfigReport report, Map<Setting, String> overriding) {
        if (!Launch.isDev()) {
            Sigterm.exitsWithZero();
        }
        run(raw, report, overriding, Service::stopped);
    }

    /** The same, telling {@code stopped} the exit code and why it could not start, if so, instead of ending the process. */
    static void run(
            RawSettings raw,
            ConfigReport report,
            Map<Setting, String> overriding,
            BiConsumer<Integer, @Nullable Throwable> stopped) {
        report.accepted().forEach((setting, value) -> {
            if (setting == Setting.DATABASE_URL) {
                KnownSecrets.addDatabase(value);
            } else if (setting.secret()) {
                KnownSecrets.add(value);
            }
        });
        HandedSettings.hand(normalised(raw, report));
        HandedSettings.hand(overriding);
        LateOpenApi.delay();
        try {
            Quarkus.run(null, stopped);
        } finally {
            HandedSettings.withdraw();
        }
    }

    /** The values that the service would not read by itself: blank, in files, or in an unusual spelling. */
    private static Map<Setting, String> normalised(RawSettings raw, ConfigReport report) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        raw.blank().forEach(setting -> values.put(setting, setting.defaultValue()));
        raw.files().keySet().forEach(setting -> values.put(setting, literally(raw.valueOrDefault(setting))));
        report.accepted().forEach((setting, value) -> {
            if (!setting.secret() && !value.equals(raw.valueOrDefault(setting))) {
                values.put(setting, value);
            }
        });
        return values;
    }

    /** Keeps a secret's {@code ${…}} from being read as a reference to another setting. */
    private static String literally(String value) {
        return value.replace("${", "\\${");
    }

    /** Says why the service could not start, then leaves the exit to Quarkus, which in dev mode does not exit. */
    private static void stopped(Integer exitCode, @Nullable Throwable failure) {
        if (failure != null) {
            StartFailure.print(failure, System.err);
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(exitCode, failure);
    }
}
