package dev.gatewatch;

import dev.gatewatch.terminal.Server;
import dev.gatewatch.terminal.ServerAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Gatewatch to ask, and how patiently. */
final class ServerOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = AddressOption.class,
            description =
                    "Where the service answers; default: http://localhost:5000, or with QUARKUS_HTTP_PORT's port.")
    private @Nullable ServerAddress url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = {
                "The read token, for a service that wants one; default: GATEWATCH_READ_TOKEN, or what GATEWATCH_READ_TOKEN_FILE holds.",
                "Other users of this machine may see it here; they do not see the variable."
            })
    private @Nullable String token;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "5s",
            converter = DurationOption.class,
            description = "How long an answer may take (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(5);

    /** The server that was meant. */
    Server server() {
        return new Server(url == null ? usual() : url, token == null ? usualToken() : token, timeout);
    }

    Duration timeout() {
        return timeout;
    }

    /** In a container that moved the port, its health check finds it. */
    private static ServerAddress usual() {
        String port = System.getenv("QUARKUS_HTTP_PORT");
        boolean usable = port != null && port.strip().matches("[1-9][0-9]{0,4}");
        return ServerAddress.parse("http://localhost:" + (usable ? port.strip() : "5000"));
    }

    private static @Nullable String usualToken() {
        return RawSettings.ofVariables(System.getenv()).values().get(Setting.READ_TOKEN);
    }
}
