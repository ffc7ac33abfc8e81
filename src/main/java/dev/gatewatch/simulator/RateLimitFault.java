package dev.gatewatch.simulator;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A 429 that also notices who does not wait as long as it said. */
final class RateLimitFault implements Fault {

    /** Clocks differ, and requests may be under way already. */
    private static final long TOLERANCE_MILLIS = 100;

    private final Fault http;
    private final long waitMillis;
    private final Map<String, Long> allowedAt = new HashMap<>();
    private @Nullable Gateway gateway;

    RateLimitFault(Fault http, double waitSeconds) {
        this.http = http;
        this.waitMillis = Math.round(waitSeconds * 1000);
    }

    @Override
    public void start(Gateway startedOn, ActiveFault self) {
        gateway = startedOn;
    }

    @Override
    public @Nullable Reply answer(HttpCall call, ActiveFault self) {
        Reply reply = http.answer(call, self);
        if (reply != null) {
            long now = System.currentTimeMillis();
            String route = call.method() + " " + call.path();
            Long earliest = allowedAt.put(route, now + waitMillis);
            if (gateway != null && earliest != null && now < earliest - TOLERANCE_MILLIS) {
                gateway.violations()
                        .add(
                                "rate-limit-ignored",
                                "%s came %d ms early".formatted(route, earliest - now),
                                "Topics/Rate Limits",
                                null);
            }
        }
        return reply;
    }
}
