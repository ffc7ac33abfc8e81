package dev.gatewatch;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The service, configured by environment variables; in {@code quarkus:dev} without a token, the demo. */
@Command(
        name = "serve",
        description = {
            "The service: holds the gateway connection, answers on port 5000 (QUARKUS_HTTP_PORT).",
            "Without DISCORD_TOKEN or DISCORD_TOKEN_FILE it starts, is not ready, and says what is missing."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        RawSettings raw = RawSettings.read();
        if (Launch.isDev() && !raw.has(Setting.TOKEN) && !raw.has(Setting.TOKEN_FILE)) {
            return new DemoCommand().call();
        }
        ConfigReport report = ConfigCheck.check(raw);
        if (!Service.isReady(report)) {
            return 1;
        }
        MemoryGuard.check();
        Service.run(raw, report, Map.of());
        return 0;
    }
}
