package dev.gatewatch.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which version this is, as a label: there as long as the process is. */
@Startup
@Singleton
public class BuildMeter {

    BuildMeter(MeterRegistry registry, @ConfigProperty(name = "quarkus.application.version") String version) {
        Gauge.builder("gatewatch.build.info", () -> 1)
                .description("Always 1; the label is the version")
                .tag("version", version)
                .register(registry);
    }
}
