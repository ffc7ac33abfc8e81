package dev.gatewatch;

import dev.gatewatch.drill.Bot;
import dev.gatewatch.simulator.Simulator;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Our own service as the bot of a drill: in this process, with a directory of its own, on any free HTTP port, its log in a file.
 *
 * <p>It is started again as an operator would: by a changed token file.
 */
final class OwnService implements Bot, AutoCloseable {

    /** What a changed token file cures; after the other fatal codes only a person can change what was wrong. */
    private static final Set<String> TOKEN_REFUSED = Set.of("close/4004", "token-revoked");

    /** A real service's database, its alerts and its dead man's switch. */
    private static final List<Setting> OTHERS =
            List.of(Setting.DATABASE_URL, Setting.DATABASE_HOST, Setting.ALERT_TARGETS, Setting.DEADMAN_URL);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final Simulator simulator;
    private final Path directory;
    private final CountDownLatch ended = new CountDownLatch(1);
    private int tokens;

    private OwnService(Simulator simulator, Path directory) {
        this.simulator = simulator;
        this.directory = directory;
    }

    /** Starts it against a simulator; returns before it is connected. */
    static OwnService start(RawSettings raw, ConfigReport report, Simulator simulator) {
        OwnService service;
        try {
            service = new OwnService(simulator, Files.createTempDirectory("gatewatch-drill"));
            Files.writeString(service.tokenFile(), simulator.token());
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for the service under drill", e);
        }
        System.setProperty("quarkus.log.console.enabled", "false");
        System.setProperty("quarkus.log.file.enabled", "true");
        System.setProperty("quarkus.log.file.path", service.log().toString());
        Map<Setting, String> settings = service.settings(raw);
        Thread thread = new Thread(() -> Service.run(raw, report, settings, service::ended), "gatewatch-service");
        thread.setDaemon(true);
        thread.start();
        return service;
    }

    /** What connects it to the simulator, and keeps it away from what a real service with the same settings uses. */
    private Map<Setting, String> settings(RawSettings raw) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.TOKEN, "");
        settings.put(Setting.TOKEN_FILE, tokenFile().toString());
        settings.put(Setting.API_BASE_URL, simulator.apiBaseUrl().toString());
        settings.put(Setting.DATA_DIR, directory.resolve("data").toString());
        settings.put(Setting.HTTP_PORT, "0");
        OTHERS.forEach(setting -> settings.put(setting, ""));
        if (raw.has(Setting.MANAGEMENT_PORT)) {
            settings.put(Setting.MANAGEMENT_PORT, "0");
        }
        return settings;
    }

    /** Where its log lines go. */
    Path log() {
        return directory.resolve("service.log");
    }

    @Override
    public String name() {
        return "Gatewatch";
    }

    @Override
    public boolean canRestartAfter(String drill) {
        return TOKEN_REFUSED.contains(drill);
    }

    @Override
    public void restart() {
        try {
            Files.writeString(tokenFile(), simulator.token() + "-" + ++tokens);
        } catch (IOException e) {
            throw new UncheckedIOException("the token file could not be changed", e);
        }
    }

    /** Stops it, and waits until it has. */
    @Override
    public void close() {
        Quarkus.asyncExit(0);
        try {
            ended.await(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(Integer exitCode, @Nullable Throwable failure) {
        if (failure != null) {
            StartFailure.print(failure, System.err);
        }
        ended.countDown();
    }

    private Path tokenFile() {
        return directory.resolve("token");
    }
}
