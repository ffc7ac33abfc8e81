package dev.gatewatch.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Discord writes them. See [Discord Docs/Reference/ISO8601 Date Time]. */
final class Timestamps {

    private static final DateTimeFormatter ISO8601 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    private Timestamps() {}

    static String now() {
        return of(Instant.now());
    }

    /** Now, as HTTP's header Date has it. */
    static String httpDate() {
        return Instant.now().atOffset(ZoneOffset.UTC).format(HTTP_DATE);
    }

    static String of(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).format(ISO8601);
    }
}
