package dev.gatewatch.simulator;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Faults of where a client is sent: names that do not resolve, addresses where nobody is, certificates not to trust. */
final class AddressFaults {

    private static final String NOBODY = "ws://127.0.0.1:1"; // tcpmux: nothing listens there on a sane machine
    private static final String UNRESOLVABLE = "gateway.invalid"; // See [RFC 2606, section 2]

    private AddressFaults() {}

    /** The gateway is handed out under a name that does not exist; the old address is dead. */
    static Fault dns(Arguments arguments) {
        return moved(
                terms -> terms.withUrls(renamed(terms.gatewayUrl()), renamed(terms.resumeUrl())),
                HttpCall::isUpgrade,
                Reply.notSent(Reply.Sent.RESET));
    }

    /** Resuming leads nowhere: connections there are reset, and new READYs name a port where nobody is. */
    static Fault deadResumeUrl(Arguments arguments) {
        return new Fault() {
            @Override
            public Terms terms(Terms terms) {
                return terms.withUrls(terms.gatewayUrl(), NOBODY);
            }

            @Override
            public @Nullable Reply answer(HttpCall call, ActiveFault self) {
                Integer shard = ResumeUrl.shardOf(call.path());
                boolean dead = call.isUpgrade() && shard != null && self.concernsShard(shard);
                return dead ? Reply.notSent(Reply.Sent.RESET) : null;
            }
        };
    }

    /** READY carries nonsense; every session is renewed, so that it is met, and dropped a moment later, so that it counts. */
    static Fault unparsableResumeUrl(Arguments arguments) {
        int dropAfter = arguments.integer("dropAfterMillis");
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) {
                for (GatewayConnection connection : self.targets(gateway)) {
                    GatewaySession session = connection.session();
                    if (session != null) {
                        gateway.sessions().end(session, "unparsable-resume-url");
                    }
                    Login.invalidSession(connection, false, "fault");
                }
            }

            @Override
            public Terms terms(Terms terms) {
                return terms.withUrls(terms.gatewayUrl(), arguments.text("url"));
            }

            @Override
            public Treatment treat(GatewayConnection connection, Payload payload, ActiveFault self) {
                if (!payload.isDispatch("READY")) {
                    return Treatment.PASS;
                }
                connection.channel().eventLoop().schedule(connection::reset, dropAfter, TimeUnit.MILLISECONDS);
                return Treatment.STRUCK;
            }
        };
    }

    /** Only TLS is left, with a certificate that is not to be trusted. */
    static Fault tls(Arguments arguments) {
        boolean expired = arguments.text("certificate").equals("expired");
        Fault moved = moved(
                terms -> terms.withUrls(secured(terms.gatewayUrl()), secured(terms.resumeUrl())),
                call -> call.isUpgrade() && !call.tls(),
                Reply.text(400, "text/html", "The plain HTTP request was sent to HTTPS port"));
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) {
                gateway.tls().substitute(expired);
            }

            @Override
            public void heal(Gateway gateway, ActiveFault self) {
                gateway.tls().restore();
            }

            @Override
            public Terms terms(Terms terms) {
                return moved.terms(terms);
            }

            @Override
            public @Nullable Reply answer(HttpCall call, ActiveFault self) {
                return moved.answer(call, self);
            }
        };
    }

    private static Fault moved(UnaryOperator<Terms> change, Predicate<HttpCall> dead, Reply answer) {
        return new Fault() {
            @Override
            public Terms terms(Terms terms) {
                return change.apply(terms);
            }

            @Override
            public @Nullable Reply answer(HttpCall call, ActiveFault self) {
                return dead.test(call) ? answer : null;
            }
        };
    }

    private static String renamed(String url) {
        return url.replaceFirst("//[^:/]+", "//" + UNRESOLVABLE);
    }

    private static String secured(String url) {
        return url.replaceFirst("^ws:", "wss:");
    }
}
