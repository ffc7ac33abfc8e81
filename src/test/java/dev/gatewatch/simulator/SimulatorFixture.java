package dev.gatewatch.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts simulators for a test, and ends them and their clients after it. */
final class SimulatorFixture implements AfterEachCallback {

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Discord as it is, on a free port. */
    Simulator discord() {
        return discord(SimulatorOptions.defaults());
    }

    Simulator discord(Rules rules) {
        return discord(SimulatorOptions.defaults().withRules(rules));
    }

    Simulator discord(SimulatorOptions options) {
        return close(Simulator.start(options.withPort(0)));
    }

    /** Discord that does not mind quick IDENTIFYs: for tests about something else. */
    Simulator patient() {
        return discord(manyIdentifies());
    }

    static Rules manyIdentifies() {
        return Rules.discord().withIdentifies(1, Duration.ZERO, 1000);
    }

    ProbeClient connect(Simulator simulator) {
        return close(ProbeClient.connect(simulator));
    }

    ProbeClient connect(String url) {
        return close(ProbeClient.connect(url));
    }

    /** A client that has sent IDENTIFY and taken READY. */
    ProbeClient ready(Simulator simulator) {
        return close(ProbeClient.ready(simulator));
    }

    <T extends AutoCloseable> T close(T resource) {
        opened.add(0, resource);
        return resource;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        opened.clear();
    }
}
