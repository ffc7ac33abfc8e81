package dev.gatewatch.gateway;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The real configuration with its real defaults, and the given settings above them. */
final class TestConfig {

    private TestConfig() {}

    static GatewayConfig with(Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(GatewayConfig.class)
                .withDefaultValues(settings)
                .build();
        return config.getConfigMapping(GatewayConfig.class);
    }

    static GatewayConfig defaults() {
        return with(Map.of());
    }
}
