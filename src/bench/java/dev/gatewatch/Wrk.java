package dev.gatewatch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator {@code wrk}, bound to the first processor. */
final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s|m)\\b");
    private static final Pattern BAD = Pattern.compile("(Non-2xx or 3xx responses: .*|Socket errors: .*)");

    private Wrk() {}

    /**
     * What came of a load.
     *
     * @param perSecond answers a second
     * @param p99Millis 99 of 100 answers were there after this long
     * @param trouble what wrk complains about; empty when all was well
     */
    record Load(double perSecond, double p99Millis, String trouble) {}

    /** As many requests as the connections bear, one after the other on each. */
    static Load full(URI address, int connections, Duration time) throws IOException, InterruptedException {
        return run(address, connections, time, List.of());
    }

    /** So many requests a second over all connections, as long as the answers keep up. */
    static Load steady(URI address, int connections, int perSecond, Duration time)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("steady", ".lua");
        int millis = Math.max(1, 1_000 * connections / perSecond);
        // each connection begins at a moment of its own
        Files.writeString(
                script,
                String.format(
                        Locale.ROOT, "function delay() return math.random(%d, %d) end%n", millis / 2, millis * 3 / 2));
        try {
            return run(address, connections, time, List.of("-s", script.toString()));
        } finally {
            Files.deleteIfExists(script);
        }
    }

    private static Load run(URI address, int connections, Duration time, List<String> more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "taskset",
                "-c",
                "0",
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + time.toSeconds() + "s",
                "--latency",
                "--timeout",
                "10s"));
        command.addAll(more);
        command.add(address.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(said);
        Matcher p99 = P99.matcher(said);
        if (process.waitFor() != 0 || !rate.find() || !p99.find()) {
            throw new IllegalStateException("wrk failed: " + said);
        }
        Matcher bad = BAD.matcher(said);
        double unit =
                switch (p99.group(2)) {
                    case "us" -> 1e-3;
                    case "s" -> 1e3;
                    case "m" -> 6e4;
                    default -> 1;
                };
        return new Load(
                Double.parseDouble(rate.group(1)),
                Double.parseDouble(p99.group(1)) * unit,
                bad.find() ? bad.group(1) : "");
    }
}
