package dev.gatewatch.simulator;

import java.nio.file.Path;

/** Another simulator keeps its state in the same directory. */
public final class StateInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StateInUseException(Path directory) {
        super("another simulator keeps its state in " + directory
                + " (GATEWATCH_DATA_DIR); stop that one, or give this one a directory of its own");
    }
}
