package dev.gatewatch.simulator;

import java.util.List;
import java.util.function.UnaryOperator;

/** Faults of the bot's account: what Discord grants it. */
final class AccountFaults {

    private AccountFaults() {}

    /** The token is worth nothing: 4004 and 401. */
    static Fault tokenRevoked(Arguments arguments) {
        return new Fault() {
            @Override
            public void start(Gateway gateway, ActiveFault self) {
                gateway.tokens().revokeAll(true);
                gateway.sessions().endAll("token revoked");
                for (GatewayConnection connection : List.copyOf(gateway.connections())) {
                    gateway.fatalCloses().remember(connection.identity());
                    connection.close(4004, "Authentication failed.");
                }
            }

            @Override
            public void heal(Gateway gateway, ActiveFault self) {
                gateway.tokens().revokeAll(false);
            }
        };
    }

    /** No IDENTIFY is left; one that comes all the same resets the token, until this is healed. */
    static Fault noIdentifiesLeft(Arguments arguments) {
        long resetAfter = Math.round(arguments.number("resetAfter") * 1000);
        long since = System.currentTimeMillis();
        Fault granted =
                granting(terms -> terms.withRemaining(0, Math.max(0, since + resetAfter - System.currentTimeMillis())));
        return new Fault() {
            @Override
            public Terms terms(Terms terms) {
                return granted.terms(terms);
            }

            @Override
            public void heal(Gateway gateway, ActiveFault self) {
                gateway.tokens().forgetResets();
            }
        };
    }

    static Fault maxConcurrency(Arguments arguments) {
        return granting(terms -> terms.withMaxConcurrency(arguments.integer("value")));
    }

    private static Fault granting(UnaryOperator<Terms> change) {
        return new Fault() {
            @Override
            public Terms terms(Terms terms) {
                return change.apply(terms);
            }
        };
    }
}
