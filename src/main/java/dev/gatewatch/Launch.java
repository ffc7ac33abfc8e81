package dev.gatewatch;

import io.quarkus.runtime.LaunchMode;

/** How this process was started. */
final class Launch {

    private Launch() {}

    /** By {@code quarkus:dev}, which starts {@code main} again after each change. */
    static boolean isDev() {
        return LaunchMode.current().isDev();
    }
}
