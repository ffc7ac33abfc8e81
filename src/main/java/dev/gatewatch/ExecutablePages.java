package dev.gatewatch;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;
import org.jboss.logging.Logger;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Gives back, in a native executable and once a minute, what was needed of its code and constants and is not any more: for the start, for a
 * reconnect, for a burst.
 *
 * <p>The kernel maps a file's pages as they are touched, with their neighbours, and counts them as this process' memory for as long as there is
 * enough for everybody. So they are unmapped: what is needed again is mapped again, out of the page cache or from the file. Only mappings of the
 * executable that cannot be written and hold no page of this process' own are given back, so nothing can be lost; see [Linux/madvise(2)] and
 * [Linux/proc_pid_smaps(5)]. On the JVM and on other systems nothing is done.
 */
@Singleton
final class ExecutablePages {

    private static final Logger LOG = Logger.getLogger(ExecutablePages.class);

    private static final Pattern MAPPING =
            Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) \\S+ \\S+ \\d+\\s+(.*)"); // a line of /proc/self/smaps
    private static final Pattern OF_ITS_OWN = Pattern.compile("Anonymous: +(\\d+) kB");

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Disposable.Composite running = Disposables.composite();

    void started(@Observes StartupEvent event) {
        if ("runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
            Scheduler scheduler = Schedulers.newSingle("executable-pages", true);
            running.add(scheduler);
            running.add(Flux.interval(FIRST, PERIOD, scheduler)
                    .onBackpressureDrop()
                    .subscribe(
                            tick -> giveBack(), error -> LOG.debug("The executable's pages stay from now on", error)));
        }
    }

    @PreDestroy
    void stop() {
        running.dispose();
    }

    private static void giveBack() {
        try (BufferedReader smaps = Files.newBufferedReader(Path.of("/proc/self/smaps"))) {
            String executable = Path.of("/proc/self/exe").toRealPath().toString();
            for (Mapping mapping : unchanged(smaps, executable)) {
                boolean given = Memory.giveBack(mapping);
                LOG.debugf("%s of the executable %s", mapping, given ? "given back" : "not given back");
            }
        } catch (IOException e) {
            LOG.debug("The executable's pages stay: there is no /proc", e);
        }
    }

    /** The mappings of a file that cannot be written and hold nothing but the file's pages. */
    static List<Mapping> unchanged(BufferedReader smaps, String file) throws IOException {
        List<Mapping> found = new ArrayList<>();
        Mapping current = null;
        for (String line = smaps.readLine(); line != null; line = smaps.readLine()) {
            Matcher head = MAPPING.matcher(line);
            Matcher own = OF_ITS_OWN.matcher(line);
            if (head.matches()) {
                boolean wanted = head.group(4).equals(file) && head.group(3).matches("r-.p");
                current = wanted ? new Mapping(address(head.group(1)), address(head.group(2))) : null;
            } else if (current != null && own.matches() && own.group(1).equals("0")) {
                found.add(current);
            }
        }
        return found;
    }

    private static long address(String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, 16);
    }

    /** Addresses of this process, the end not included. */
    record Mapping(long start, long end) {
        @Override
        public String toString() {
            return Long.toHexString(start) + "-" + Long.toHexString(end);
        }
    }

    /** The C library's; a class of its own, since the JVM has none of what it is made of. */
    private static final class Memory {

        private static final int MADV_DONTNEED = 4;

        private Memory() {}

        static boolean giveBack(Mapping mapping) {
            Pointer start = WordFactory.pointer(mapping.start);
            UnsignedWord length = WordFactory.unsigned(mapping.end - mapping.start);
            return madvise(start, length, MADV_DONTNEED) == 0;
        }

        @CFunction
        private static native int madvise(Pointer start, UnsignedWord length, int advice);
    }
}
