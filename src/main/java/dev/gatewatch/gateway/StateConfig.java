package dev.gatewatch.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where files are kept. */
@ConfigMapping(prefix = "gatewatch")
public interface StateConfig {

    /** {@code GATEWATCH_DATA_DIR}, default {@code ./data}: what must outlive the process: sessions, spent IDENTIFYs, history. */
    @WithDefault("./data")
    Path dataDir();
}
