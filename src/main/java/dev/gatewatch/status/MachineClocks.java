package dev.gatewatch.status;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** This machine's clocks. Linux tells in {@code /proc/uptime} how long it has been up, suspend included; other systems do not. */
final class MachineClocks implements Clocks {

    private final Path uptime;

    MachineClocks() {
        this(Path.of("/proc/uptime"));
    }

    MachineClocks(Path uptime) {
        this.uptime = uptime;
    }

    @Override
    public Instant wall() {
        return Instant.now();
    }

    @Override
    public Duration running() {
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public Optional<Duration> sinceBoot() {
        try {
            String seconds = Files.readString(uptime, StandardCharsets.US_ASCII).split(" ", 2)[0];
            return Optional.of(Duration.ofMillis(
                    new BigDecimal(seconds.strip()).movePointRight(3).longValue()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
