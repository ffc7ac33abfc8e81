package dev.gatewatch.alert;

import dev.gatewatch.history.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Messages to try things with. */
final class Messages {

    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    static final Verdict VERDICT = new Verdict(
            Verdict.Blame.NETWORK,
            Verdict.Confidence.HIGH,
            List.of("Discord's name could not be resolved: DNS failed."));

    private Messages() {}

    static AlertMessage message(String id) {
        return message(id, NOW);
    }

    static AlertMessage message(String id, Instant at) {
        return message(id, at, "Gateway down", "Not connected since then.", null, null);
    }

    static AlertMessage message(String id, Instant at, String title, String text, String remedy, Verdict verdict) {
        return new AlertMessage(
                id,
                "default",
                "gateway_down-1",
                verdict == null ? Occasion.OPENED : Occasion.RESOLVED,
                "gateway_down",
                Severity.ERROR,
                title,
                text,
                at,
                at.minusSeconds(30),
                Duration.ofSeconds(30),
                List.of(0, 2),
                4,
                remedy,
                verdict);
    }
}
