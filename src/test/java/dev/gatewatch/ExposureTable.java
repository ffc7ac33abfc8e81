package dev.gatewatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the README promises under "Exposure". */
public final class ExposureTable {

    private ExposureTable() {}

    /** At most so much of this, as it is written there. */
    public static String most(String what) {
        Matcher row = Pattern.compile("(?m)^\\| " + Pattern.quote(what) + " \\| ([^|]+) \\|")
                .matcher(read());
        if (!row.find()) {
            throw new AssertionError("no row \"" + what + "\" in README.md, \"Exposure\"");
        }
        return row.group(1);
    }

    private static String read() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
