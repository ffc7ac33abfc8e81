package dev.gatewatch;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.gatewatch.log.LogEvent;
import java.lang.management.ManagementFactory;
import org.jboss.logging.Logger;

/** Warns when this JVM would live on after an OutOfMemoryError: it may no longer answer, and nothing restarts it. */
final class MemoryGuard {

    private static final Logger LOG = Logger.getLogger("dev.gatewatch");

    private MemoryGuard() {}

    static void check() {
        if (!Launch.isNative() && !endsWithoutMemory()) {
            LogEvent.MEMORY_UNGUARDED.log(
                    LOG,
                    "This JVM lives on when its memory is used up, and may then neither answer nor end. Start it with"
                            + " java -XX:+ExitOnOutOfMemoryError -jar quarkus-run.jar, as the images do, under something"
                            + " that restarts it.");
        }
    }

    private static boolean endsWithoutMemory() {
        HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return vm == null || isOn(vm, "ExitOnOutOfMemoryError") || isOn(vm, "CrashOnOutOfMemoryError");
    }

    private static boolean isOn(HotSpotDiagnosticMXBean vm, String option) {
        try {
            return Boolean.parseBoolean(vm.getVMOption(option).getValue());
        } catch (IllegalArgumentException e) {
            return true; // another JVM, of which we know nothing
        }
    }
}
