package dev.gatewatch;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import org.jboss.logging.Logger;

/**
 * Makes a SIGTERM end in exit code 0: who asked for the stop, an orchestrator or {@code kill}, got what it asked for.
 *
 * <p>The shutdown itself is the same as with the JVM's own handler, whose exit code is 143. Ctrl+C keeps its 130.
 */
@Singleton
final class Sigterm {

    private static final Logger LOG = Logger.getLogger(Sigterm.class);

    private static volatile boolean expected;

    /** From now on, and again when the service has started: in a native executable Quarkus then installs a handler of its own. */
    static void exitsWithZero() {
        expected = true;
        install();
    }

    void started(@Observes StartupEvent event) {
        if (expected) {
            install();
        }
    }

    /** By reflection, since javac has a warning for sun.misc.Signal that nothing suppresses, and the JDK has no other way. */
    private static void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object exit = Proxy.newProxyInstance(
                    Sigterm.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        System.exit(0);
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), exit);
        } catch (
                ReflectiveOperationException
                        e) { // a JVM without the class, or with -Xrs: signals belong to somebody else
            LOG.debug("SIGTERM will end in exit code 143", e);
        }
    }
}
