package dev.gatewatch;

import dev.gatewatch.api.PipelineLimit;
import io.quarkus.runtime.LaunchMode;

/** How this process was started. */
final class Launch {

    /** Loads the application in {@code quarkus:dev}; the packaged one is loaded by another. */
    private static final String DEV_CLASS_LOADER = "io.quarkus.bootstrap.classloading.QuarkusClassLoader";

    private Launch() {}

    /** Tells Quarkus early what it learns only when it starts, so that settings are read from the right profile. */
    static void detect() {
        if (Launch.class.getClassLoader().getClass().getName().equals(DEV_CLASS_LOADER)) {
            LaunchMode.set(LaunchMode.DEVELOPMENT);
        }
    }

    /** A native executable, not a JVM. */
    static boolean isNative() {
        return System.getProperty("org.graalvm.nativeimage.imagecode") != null;
    }

    /** Lets Netty load {@link PipelineLimit}: it looks for extensions once, when the first server starts. */
    static void limitPipelining() {
        System.setProperty(PipelineLimit.SWITCH, PipelineLimit.ON);
    }

    /** By {@code quarkus:dev}, which starts {@code main} again after each change. */
    static boolean isDev() {
        return LaunchMode.current().isDev();
    }
}
