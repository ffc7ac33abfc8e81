package dev.gatewatch.api;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may change things over HTTP. */
@ConfigMapping(prefix = "gatewatch")
public interface ApiConfig {

    /** {@code GATEWATCH_ADMIN_TOKEN}: what a request must carry to change something. No default: then nothing can be changed. */
    Optional<String> adminToken();
}
