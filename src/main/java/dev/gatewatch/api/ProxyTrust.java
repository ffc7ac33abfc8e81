package dev.gatewatch.api;

import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Warns when anybody may say where a request comes from. */
@Singleton
final class ProxyTrust {

    private static final Logger log = Logger.getLogger(ProxyTrust.class);

    private final boolean believesHeaders;
    private final boolean namesProxies;

    ProxyTrust(
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean believesHeaders,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> proxies) {
        this.believesHeaders = believesHeaders;
        namesProxies = proxies.isPresent();
    }

    void check(@Observes StartupEvent event) {
        if (believesHeaders && !namesProxies) {
            LogEvent.PROXIES_UNNAMED.log(
                    log,
                    "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING=true believes X-Forwarded-For from anybody: clients"
                            + " can forge their address in the audit trail, and evade the limit of wrong tokens. Set"
                            + " QUARKUS_HTTP_PROXY_TRUSTED_PROXIES to the addresses of your proxies.");
        }
    }
}
