package dev.gatewatch.gateway;

import java.nio.file.Path;

/** Another process uses the data directory, and goes on to. */
public final class DirectoryInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DirectoryInUseException(Path directory, long seconds) {
        super("another process still uses the data directory " + directory + " (GATEWATCH_DATA_DIR) after " + seconds
                + " s; stop that one, or give this one a directory of its own.");
    }
}
