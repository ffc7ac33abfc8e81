package dev.gatewatch.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatewatch.connection.OperatorAction;
import dev.gatewatch.gateway.GatewayCommands;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What an operator can order; each order needs a reason, and is a fact in the history. */
@Path("/admin")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AdminResource {

    private final GatewayCommands commands;
    private final Operator operator;

    AdminResource(GatewayCommands commands, Operator operator) {
        this.commands = commands;
        this.operator = operator;
    }

    /** Makes a new connection at once. */
    @POST
    @Path("reconnect")
    public CompletionStage<Response> reconnect(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @Nullable ReconnectRequest request) {
        GatewayCommands.Order order = operator.order(authorization, request == null ? null : request.reason());
        String session = request == null || request.session() == null ? "keep" : request.session();
        if (!session.equals("keep") && !session.equals("drop")) {
            throw new Parameters.BadRequest("\"session\" is \"" + session + "\"; expected is keep or drop.");
        }
        boolean keep = session.equals("keep");
        return answer(
                keep ? OperatorAction.RECONNECT : OperatorAction.RECONNECT_WITH_NEW_SESSION,
                order,
                commands.reconnect(order, keep, request == null ? null : request.shard()));
    }

    /** Stops, until started. */
    @POST
    @Path("stop")
    public CompletionStage<Response> stop(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @Nullable OrderRequest request) {
        GatewayCommands.Order order = operator.order(authorization, reason(request));
        return answer(OperatorAction.STOP, order, commands.stop(order));
    }

    /** Starts what is stopped. */
    @POST
    @Path("start")
    public CompletionStage<Response> start(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @Nullable OrderRequest request) {
        GatewayCommands.Order order = operator.order(authorization, reason(request));
        return answer(OperatorAction.START, order, commands.start(order));
    }

    /** Reads the token from its file, and starts again with it. */
    @POST
    @Path("reload-token")
    public CompletionStage<Response> reloadToken(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @Nullable OrderRequest request) {
        GatewayCommands.Order order = operator.order(authorization, reason(request));
        return answer(OperatorAction.RELOAD_TOKEN, order, commands.reloadToken(order));
    }

    private static @Nullable String reason(@Nullable OrderRequest request) {
        return request == null ? null : request.reason();
    }

    private static CompletionStage<Response> answer(
            OperatorAction action, GatewayCommands.Order order, Mono<Void> command) {
        OrderView view = new OrderView(String.valueOf(HistoryViews.lower(action)), order.reason(), order.client());
        return command.then(Mono.fromSupplier(() -> Response.accepted(view).build()))
                .toFuture();
    }

    /** What an operator sends. */
    @RegisterForReflection
    record OrderRequest(@Nullable String reason) {}

    /** What an operator sends for a new connection. */
    @RegisterForReflection
    record ReconnectRequest(
            @Nullable String reason,
            @Nullable String session,
            @Nullable Integer shard) {}

    /** The order as it was taken. */
    @RegisterForReflection
    record OrderView(
            String action,
            String reason,
            @JsonProperty("client") String client) {}
}
