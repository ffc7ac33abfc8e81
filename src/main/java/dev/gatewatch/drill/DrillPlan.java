package dev.gatewatch.drill;

import static dev.gatewatch.drill.Answer.IDENTIFY;
import static dev.gatewatch.drill.Answer.KEEP;
import static dev.gatewatch.drill.Answer.RESUME;
import static dev.gatewatch.drill.Answer.STOP;
import static dev.gatewatch.drill.DrillRow.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every fault of the catalogue with the parameters it is drilled with; fatal ones come last. */
final class DrillPlan {

    private static final List<Integer> RESUMABLE_CODES =
            List.of(1000, 1001, 1006, 1011, 1012, 1013, 4000, 4001, 4002, 4003, 4005, 4008, 4999);
    private static final List<Integer> RENEWING_CODES = List.of(4007, 4009);
    private static final List<Integer> FATAL_CODES = List.of(4004, 4010, 4011, 4012, 4013, 4014);
    private static final Map<String, Object> AT_THE_UPGRADE = Map.of("upgrade", true);

    private DrillPlan() {}

    /** All rows, for a client that was told this heartbeat interval. */
    static List<DrillRow> rows(Duration interval) {
        List<DrillRow> rows = new ArrayList<>();
        RESUMABLE_CODES.forEach(code -> rows.add(row("close/" + code, RESUME, Map.of("code", code))));
        RENEWING_CODES.forEach(code -> rows.add(row("close/" + code, IDENTIFY, Map.of("code", code))));
        rows.addAll(ends());
        rows.addAll(silences(interval.toMillis()));
        rows.addAll(noWayIn());
        rows.addAll(nonsense());
        rows.addAll(http());
        rows.add(row("rest-error", KEEP, Map.of("route", "/callback")).lasting(3));
        rows.add(row("no-identifies-left", IDENTIFY, Map.of("resetAfter", 4))
                .lasting(4)
                .provokedBy("invalid-session")
                .patient(90));
        rows.add(row("max-concurrency", KEEP).lasting(1));
        rows.add(row("token-revoked", STOP).lasting(4));
        FATAL_CODES.forEach(code ->
                rows.add(row("close/" + code, STOP, Map.of("code", code)).lasting(4)));
        return List.copyOf(rows);
    }

    /**
     * The rows that are asked for, by name or by fault, in the order in which they are asked for; all when none is.
     *
     * @throws IllegalArgumentException when there is no such row
     */
    static List<DrillRow> rows(Duration interval, List<String> wanted) {
        List<DrillRow> all = rows(interval);
        return wanted.isEmpty()
                ? all
                : wanted.stream().flatMap(name -> named(all, name)).distinct().toList();
    }

    private static Stream<DrillRow> named(List<DrillRow> all, String name) {
        List<DrillRow> found = all.stream()
                .filter(row -> row.name().equals(name) || row.fault().equals(name))
                .toList();
        if (found.isEmpty()) {
            String names = all.stream().map(DrillRow::name).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("there is no drill '" + name + "'; there are: " + names);
        }
        return found.stream();
    }

    private static List<DrillRow> ends() {
        return List.of(
                row("drop", RESUME),
                row("fin", RESUME),
                row("reconnect", RESUME),
                row("invalid-session/true", RESUME, Map.of("resumable", true)),
                row("invalid-session/false", IDENTIFY, Map.of("resumable", false)));
    }

    private static List<DrillRow> silences(long interval) {
        return List.of(
                row("black-hole/current", RESUME).untilRecovered(130).inSilence(),
                row("black-hole/all", RESUME, Map.of("scope", "all"))
                        .lasting(5)
                        .inSilence()
                        .patient(60),
                row("mute-acks", RESUME).untilRecovered(130).inSilence(),
                row("ack-delay", KEEP, Map.of("millis", (int) (interval * 2 / 5)))
                        .lasting(interval * 3 / 1e3),
                row("ack-behind-flood", KEEP, Map.of("guilds", 500)).lasting(interval * 3 / 1e3));
    }

    private static List<DrillRow> noWayIn() {
        return List.of(
                row("refuse", RESUME, Map.of("seconds", 10)).patient(60),
                row("syn-drop", RESUME, Map.of("seconds", 10)).patient(60),
                row("accept-then-close/1006", RESUME).lasting(3),
                row("accept-then-close/4000", RESUME, Map.of("code", 4000)).lasting(3),
                row("no-hello", RESUME).lasting(3).patient(60),
                row("hello-at-once", RESUME).lasting(3),
                row("unusable-hello", RESUME).lasting(3).patient(60),
                row("no-ready", IDENTIFY).lasting(3).patient(120),
                row("no-resumed", RESUME).lasting(3).patient(150),
                row("reconnect-early/before", RESUME).lasting(3),
                row("reconnect-early/instead", RESUME, Map.of("when", "instead-of-hello"))
                        .lasting(3),
                row("invalid-session-loop/false", IDENTIFY).lasting(12).patient(60),
                row("invalid-session-loop/true", RESUME, Map.of("resumable", true))
                        .lasting(3),
                row("dns-failure", RESUME).lasting(3),
                row("tls-failure/self-signed", RESUME).lasting(3),
                row("tls-failure/expired", RESUME, Map.of("certificate", "expired"))
                        .lasting(3),
                row("dead-resume-url", RESUME).untilRecovered(10),
                row("unparsable-resume-url", IDENTIFY).lasting(2));
    }

    private static List<DrillRow> nonsense() {
        return List.of(
                row("malformed-json", RESUME),
                row("unknown-opcode", KEEP),
                row("unknown-event", KEEP),
                row("corrupt-zlib", RESUME),
                row("oversized-frame", KEEP),
                row("fragmented-frames", KEEP).lasting(3),
                row("slow-trickle", KEEP, Map.of("bytesPerSecond", 500))
                        .lasting(4)
                        .inSilence(),
                row("dispatch-flood", KEEP, Map.of("perSecond", 1_000)).lasting(3));
    }

    /** A REST fault concerns a connected client only at its next upgrade: so that is answered alike, and one provoked. */
    private static List<DrillRow> http() {
        List<String> faults = List.of(
                "http-401",
                "http-403",
                "http-429-retry-after",
                "http-429-reset",
                "http-429-global",
                "http-429-cloudflare",
                "http-500",
                "http-502",
                "http-503",
                "http-hang",
                "http-half-body",
                "http-not-json");
        return faults.stream()
                .map(fault -> row(fault, RESUME, AT_THE_UPGRADE)
                        .lasting(3)
                        .provokedBy("drop")
                        .patient(100))
                .toList();
    }
}
