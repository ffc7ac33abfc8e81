package dev.gatewatch.gateway;

import java.nio.file.Path;
import java.time.Duration;

/** The data directory's disk does not answer. */
public final class DirectoryUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DirectoryUnreadableException(Path directory, Duration patience) {
        super("the files in the data directory " + directory + " (GATEWATCH_DATA_DIR) could not be read within "
                + patience.toSeconds() + " s; check its disk or network volume.");
    }
}
