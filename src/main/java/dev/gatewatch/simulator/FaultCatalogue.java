package dev.gatewatch.simulator;

import static dev.gatewatch.simulator.FaultKind.answering;
import static dev.gatewatch.simulator.FaultKind.bounded;
import static dev.gatewatch.simulator.FaultKind.general;
import static dev.gatewatch.simulator.FaultKind.instant;
import static dev.gatewatch.simulator.FaultKind.lasting;
import static dev.gatewatch.simulator.FaultKind.steady;
import static dev.gatewatch.simulator.Parameter.choice;
import static dev.gatewatch.simulator.Parameter.flag;
import static dev.gatewatch.simulator.Parameter.integer;
import static dev.gatewatch.simulator.Parameter.number;
import static dev.gatewatch.simulator.Parameter.text;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Every fault there is, one row each.
 *
 * <p>A clock that jumps is not among them: it is the client's clock that would have to.
 */
final class FaultCatalogue {

    private static final Parameter CUT =
            flag("cut", true, "resets the open gateway connections first, so that the fault is met at once");
    private static final Parameter RESUMABLE = flag("resumable", false, "op 9's d");
    private static final Parameter ROUTE =
            text("route", "", "a part of the path, e.g. /gateway/bot; every route when empty");
    private static final Parameter UPGRADE = flag("upgrade", false, "answers the gateway's WebSocket upgrade so, too");
    private static final Parameter RETRY_AFTER =
            number("retryAfter", 2, 0.1, 3_600, "how many seconds the client is told to wait");

    // spotless:off
    static final List<FaultKind> ROWS = List.of(
            // the connection ends
            instant("close", "closes the WebSocket with a code and a reason; 1006 ends it without a close frame", ConnectionFaults::close,
                    integer("code", 1000, 1000, 4999, "the close code"), text("reason", "", "the close reason")),
            instant("drop", "resets the TCP connection", arguments -> ConnectionFaults.each(GatewayConnection::reset)),
            instant("fin", "ends the TCP connection without a close frame", arguments -> ConnectionFaults.each(GatewayConnection::end)),
            instant("reconnect", "asks the client to reconnect and resume (op 7)", ConnectionFaults::reconnect),
            instant("invalid-session", "says that the session is invalid (op 9); it ends unless resumable", ConnectionFaults::invalidSession, RESUMABLE),

            // the connection falls silent
            steady("black-hole", "bytes vanish both ways while the socket stays open; they arrive late when healed", WireFaults::blackHole,
                    choice("scope", "current", List.of("current", "all"), "the connections that are open now, or new ones and REST as well")),
            lasting("mute-acks", "heartbeats get no ACK", arguments -> PayloadFaults.dropping(Opcode.HEARTBEAT_ACK)),
            lasting("ack-delay", "heartbeats get their ACK late", PayloadFaults::ackDelay,
                    integer("millis", 1_000, 1, 600_000, "how late")),
            lasting("ack-behind-flood", "before each ACK comes a flood of GUILD_CREATEs", PayloadFaults::ackBehindFlood,
                    integer("guilds", 500, 1, 100_000, "how many GUILD_CREATEs"), integer("millis", 0, 0, 600_000, "how much later than they the ACK comes")),

            // there is no way in
            bounded("refuse", "closes the listening socket: a TCP connect is refused, gateway connections are reset", arguments -> new ShutFault(Listener::refuse),
                    number("seconds", 10, 0.1, 600, "how long nothing listens")),
            bounded("syn-drop", "a TCP connect gets no answer, as from a firewall that drops packets; gateway connections are reset; on Linux",
                    arguments -> new ShutFault(Listener::ignore), number("seconds", 10, 0.1, 600, "how long nothing is answered")),
            lasting("accept-then-close", "accepts a connection and closes it at once, again and again", LoginFaults::acceptThenClose,
                    integer("code", 1006, 1000, 4999, "the close code; 1006 ends it without a close frame"), CUT),
            lasting("no-hello", "no HELLO after the upgrade", arguments -> PayloadFaults.dropping(Opcode.HELLO), CUT),
            lasting("hello-at-once", "HELLO leaves in the same TCP segment as the upgrade's answer, which some clients lose", LoginFaults::helloAtOnce, CUT),
            lasting("unusable-hello", "HELLO asks for heartbeats at no usable interval", LoginFaults::unusableHello,
                    choice("interval", "0", List.of("0", "-1", "null", "\"soon\"", "9007199254740991"), "what it says, as JSON"), CUT),
            lasting("no-ready", "no answer to IDENTIFY; ends the sessions, so that one is needed", LoginFaults::noReady, CUT),
            lasting("no-resumed", "no answer to RESUME", LoginFaults::noResumed, CUT),
            lasting("reconnect-early", "op 7 before HELLO or in its place", LoginFaults::reconnectEarly,
                    choice("when", "before-hello", List.of("before-hello", "instead-of-hello"), "when it comes"), CUT),
            lasting("invalid-session-loop", "op 9 now and for every IDENTIFY and RESUME", LoginFaults::invalidSessionLoop, RESUMABLE),
            general("dns-failure", "hands out a gateway address whose name does not resolve; the old one is dead", AddressFaults::dns, CUT),
            general("tls-failure", "leaves only TLS, with a certificate that is not to be trusted", AddressFaults::tls,
                    choice("certificate", "self-signed", List.of("self-signed", "expired"), "what is wrong with it"), CUT),
            lasting("dead-resume-url", "connections to resume_gateway_url are reset or refused", AddressFaults::deadResumeUrl, CUT),
            lasting("unparsable-resume-url", "READY carries a resume_gateway_url that is no URL; renews the sessions, then drops them", AddressFaults::unparsableResumeUrl,
                    text("url", ":// not a url", "what it carries"), integer("dropAfterMillis", 200, 0, 60_000, "how long after READY")),

            // the wire carries nonsense
            instant("malformed-json", "sends a message that is not JSON", WireFaults::malformedJson),
            instant("unknown-opcode", "sends an opcode that does not exist", arguments -> ConnectionFaults.each(connection -> connection.send(Payload.of(arguments.integer("op")))),
                    integer("op", 99, 12, 10_000, "the opcode")),
            instant("unknown-event", "dispatches an event that does not exist", WireFaults::unknownEvent,
                    text("type", "SIMULATOR_UNKNOWN", "its name")),
            instant("corrupt-zlib", "sends bytes that break the zlib stream", WireFaults::corruptZlib),
            instant("oversized-frame", "dispatches an event in one very large frame", WireFaults::oversizedFrame,
                    integer("bytes", 4 << 20, 1, 64 << 20, "how large at least")),
            steady("fragmented-frames", "cuts every message into small frames", WireFaults::fragmentedFrames,
                    integer("bytes", 16, 1, 65_536, "how large each is")),
            steady("slow-trickle", "lets bytes out slowly", WireFaults::slowTrickle,
                    integer("bytesPerSecond", 200, 20, 1_000_000, "how many")),
            general("dispatch-flood", "sends numbered events to every session", PayloadFaults::dispatchFlood,
                    integer("perSecond", 1_000, 1, 100_000, "how many")),

            // REST answers otherwise
            answering("http-401", "REST answers 401", HttpFault.status(401, "Unauthorized"), ROUTE, UPGRADE),
            answering("http-403", "REST answers 403", HttpFault.status(403, "Forbidden"), ROUTE, UPGRADE),
            answering("http-429-retry-after", "REST answers 429 with Retry-After and the X-RateLimit headers", HttpFault::retryAfter, RETRY_AFTER, ROUTE, UPGRADE),
            answering("http-429-reset", "REST answers 429 with the X-RateLimit headers, but without Retry-After", HttpFault::resetHeaders, RETRY_AFTER, ROUTE, UPGRADE),
            answering("http-429-global", "REST answers 429, global", HttpFault::global, RETRY_AFTER, ROUTE, UPGRADE),
            answering("http-429-cloudflare", "REST answers 429 with Cloudflare's page 1015 and no header", HttpFault::cloudflare, ROUTE, UPGRADE),
            answering("http-500", "REST answers 500", HttpFault.status(500, "Internal Server Error"), ROUTE, UPGRADE),
            answering("http-502", "REST answers 502 with a page", HttpFault.html(502, "Bad Gateway"), ROUTE, UPGRADE),
            answering("http-503", "REST answers 503 with a page", HttpFault.html(503, "Service Unavailable"), ROUTE, UPGRADE),
            answering("rest-error", "REST answers with one of Discord's error codes", HttpFault::errorCode,
                    choice("error", "unknown-interaction", HttpFault.ERRORS, "which; the route is most often /callback or /webhooks"), ROUTE, UPGRADE),
            answering("http-hang", "REST never answers", HttpFault::hang, ROUTE, UPGRADE),
            answering("http-half-body", "REST answers with half of a body, then the connection ends", HttpFault::halfBody, ROUTE, UPGRADE),
            answering("http-not-json", "REST answers 200 with a page instead of JSON", HttpFault::notJson, ROUTE, UPGRADE),

            // the account
            general("no-identifies-left", "session_start_limit.remaining is 0; an IDENTIFY all the same resets the token", AccountFaults::noIdentifiesLeft,
                    number("resetAfter", 60, 0, 86_400, "seconds that reset_after names")),
            general("max-concurrency", "changes max_concurrency", AccountFaults::maxConcurrency,
                    integer("value", 16, 1, 1_024, "identify buckets")),
            general("token-revoked", "makes every token invalid: 4004 and 401", AccountFaults::tokenRevoked));
    // spotless:on

    private FaultCatalogue() {}

    /** The row of this name. */
    static FaultKind find(String name) {
        return ROWS.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    String names = ROWS.stream().map(FaultKind::name).collect(Collectors.joining(", "));
                    return new FaultRefusedException("there is no fault '" + name + "'; there are: " + names);
                });
    }
}
