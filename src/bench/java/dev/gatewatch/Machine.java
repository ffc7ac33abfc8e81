package dev.gatewatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Where it was measured. */
final class Machine {

    private Machine() {}

    /** CPU, cores, memory, JDK, kernel, date and load, in one line. */
    static String line() {
        return "*%s, %d cores, load %s at the end; %s %s; %s; Gatewatch %s; %s.*"
                .formatted(
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        load(),
                        System.getProperty("java.vm.name"),
                        Runtime.version(),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        Version.current(),
                        LocalDate.now(ZoneOffset.UTC));
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("a CPU without a name");
        } catch (IOException e) {
            return "a CPU without a name";
        }
    }

    private static String load() {
        double load = java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                .getSystemLoadAverage();
        return String.format(Locale.ROOT, "%.1f", load);
    }
}
