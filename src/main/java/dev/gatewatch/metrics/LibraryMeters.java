package dev.gatewatch.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Leaves out what libraries measure against Prometheus' rules: without a word of help, in nanoseconds, or named like a histogram's part.
 *
 * <p>Nothing of ours is touched, and nothing that says how the process does is lost: CPU is {@code process_cpu_usage}.
 */
final class LibraryMeters {

    private static final List<String> LEFT_OUT =
            List.of("netty.", "http.server.active.", "http.server.connections", "process.cpu.time", "system.cpu.count");

    private LibraryMeters() {}

    @Produces
    @Singleton
    static MeterFilter filter() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return LEFT_OUT.stream().anyMatch(id.getName()::startsWith)
                        ? MeterFilterReply.DENY
                        : MeterFilterReply.NEUTRAL;
            }
        };
    }
}
