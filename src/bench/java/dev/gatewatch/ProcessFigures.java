package dev.gatewatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux and the JVM's own tools tell about another process. */
record ProcessFigures(long pid) {

    private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final int COLLECTIONS = 4;

    /** Resident memory in bytes, now. */
    long resident() {
        return kibibytes("VmRSS") * 1_024;
    }

    /** The part of it that is not files' pages, in bytes. */
    long anonymous() {
        return kibibytes("RssAnon") * 1_024;
    }

    /** The most memory that was ever resident, in bytes. */
    long mostResident() {
        return kibibytes("VmHWM") * 1_024;
    }

    int threads() {
        return (int) status("Threads");
    }

    int files() {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time since its start: user and system, of all threads. */
    Duration cpu() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** Bytes of the objects that are left on the heap after several full collections. */
    long retained() throws IOException, InterruptedException {
        long bytes = 0;
        for (int i = 0; i < COLLECTIONS; i++) { // soft references and finalizers go in steps
            Matcher total = LIVE.matcher(jcmd("GC.class_histogram"));
            if (!total.find()) {
                throw new IllegalStateException("jcmd counted no objects in " + pid);
            }
            bytes = Long.parseLong(total.group(1));
        }
        return bytes;
    }

    /** Bytes that the heap has taken from the system. */
    long heapCommitted() throws IOException, InterruptedException {
        Matcher totals = Pattern.compile("total (\\d+)K").matcher(jcmd("GC.heap_info"));
        long kibibytes = 0;
        while (totals.find()) {
            kibibytes += Long.parseLong(totals.group(1));
        }
        return kibibytes * 1_024;
    }

    /** How long its garbage collectors have stopped it so far. */
    Duration collecting() throws IOException, InterruptedException {
        String counters = jcmd("PerfCounter.print");
        long ticks = counter(counters, "sun.gc.collector.0.time") + counter(counters, "sun.gc.collector.1.time");
        return Duration.ofNanos(ticks * 1_000_000_000 / Math.max(1, counter(counters, "sun.os.hrt.frequency")));
    }

    /** How many full collections there were. */
    long fullCollections() throws IOException, InterruptedException {
        return counter(jcmd("PerfCounter.print"), "sun.gc.collector.1.invocations");
    }

    /** What {@code jcmd} answers. */
    String jcmd(String... arguments) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(Stream.concat(Stream.of(tool, Long.toString(pid)), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + List.of(arguments) + " failed: " + answer);
        }
        return answer;
    }

    private static long counter(String counters, String name) {
        Matcher value =
                Pattern.compile("(?m)^" + Pattern.quote(name) + "=(\\d+)").matcher(counters);
        return value.find() ? Long.parseLong(value.group(1)) : 0;
    }

    private long kibibytes(String field) {
        return status(field);
    }

    private long status(String field) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
