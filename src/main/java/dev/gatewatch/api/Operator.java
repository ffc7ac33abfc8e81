package dev.gatewatch.api;

import dev.gatewatch.connection.ForeignText;
import dev.gatewatch.connection.OperatorAction;
import dev.gatewatch.gateway.GatewayCommands;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The person behind the current request, once the token is shown. */
@Singleton
final class Operator {

    private static final int LONGEST_REASON = 500;

    private final AdminToken admin;
    private final ClientAddress client;
    private final GatewayCommands commands;

    Operator(AdminToken admin, ClientAddress client, GatewayCommands commands) {
        this.admin = admin;
        this.client = client;
        this.commands = commands;
    }

    /**
     * Takes an order.
     *
     * @throws Parameters.BadRequest when the reason is absent or too long
     */
    GatewayCommands.Order order(@Nullable String authorization, @Nullable String reason) {
        admin.require(authorization);
        String words = inOneLine(Optional.ofNullable(reason).orElse(""));
        if (words.isEmpty() || words.length() > LONGEST_REASON) {
            throw new Parameters.BadRequest(
                    "The body must be JSON like {\"reason\": \"new network\"}; \"reason\" has 1 to " + LONGEST_REASON
                            + " characters.");
        }
        return new GatewayCommands.Order(client.current(), words);
    }

    /** Takes the word of a request that has shown the token; what it wants is a fact when {@link #did} says so. */
    GatewayCommands.Order word(@Nullable String authorization, String reason) {
        admin.require(authorization);
        return new GatewayCommands.Order(client.current(), inOneLine(reason));
    }

    /** Makes a fact of what was done for an order. */
    void did(OperatorAction action, GatewayCommands.Order order) {
        commands.note(action, order);
    }

    private static String inOneLine(String words) {
        return ForeignText.clean(words).strip();
    }
}
