package dev.gatewatch.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Discord writes them. See [Discord Docs/Reference/ISO8601 Date Time]. */
final class Timestamps {

    private static final DateTimeFormatter ISO8601 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private Timestamps() {}

    static String now() {
        return of(Instant.now());
    }

    static String of(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).format(ISO8601);
    }
}
