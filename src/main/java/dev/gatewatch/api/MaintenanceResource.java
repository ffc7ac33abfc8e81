package dev.gatewatch.api;

import dev.gatewatch.connection.OperatorAction;
import dev.gatewatch.gateway.GatewayCommands;
import dev.gatewatch.history.History;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Downtime that was meant to be: recorded here, left out of the uptime, and shown beside it. */
@Path("/history/maintenance")
@Produces(MediaType.APPLICATION_JSON)
public class MaintenanceResource {

    private static final int LONGEST_REASON = 1_000;

    private final History history;
    private final Operator operator;

    MaintenanceResource(History history, Operator operator) {
        this.history = history;
        this.operator = operator;
    }

    @GET
    public CompletionStage<List<HistoryViews.MaintenanceView>> list() {
        return history.maintenance()
                .map(windows ->
                        windows.stream().map(HistoryViews.MaintenanceView::of).toList())
                .toFuture();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> add(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @Nullable WindowRequest request) {
        GatewayCommands.Order order = operator.word(
                authorization,
                Optional.ofNullable(request).map(WindowRequest::reason).orElse(""));
        Instant from = request == null ? null : request.from();
        Instant to = request == null ? null : request.to();
        String reason = order.reason();
        boolean timed = from != null
                && to != null
                && from.isBefore(to)
                && Parameters.isInRange(from)
                && Parameters.isInRange(to);
        if (from == null || to == null || !timed || reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new Parameters.BadRequest("The body must be JSON like {\"from\": \"2026-03-01T12:00:00Z\", \"to\":"
                    + " \"2026-03-01T13:00:00Z\", \"reason\": \"upgrade\"}; \"from\" is before \"to\", \"reason\" has 1 to "
                    + LONGEST_REASON + " characters.");
        }
        return history.addMaintenance(from, to, reason)
                .map(window -> {
                    operator.did(OperatorAction.ADD_MAINTENANCE, order);
                    return Response.status(Response.Status.CREATED)
                            .entity(HistoryViews.MaintenanceView.of(window))
                            .type(MediaType.APPLICATION_JSON_TYPE)
                            .build();
                })
                .toFuture();
    }

    @DELETE
    @Path("{id}")
    public CompletionStage<Response> remove(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String id) {
        GatewayCommands.Order order = operator.word(authorization, "maintenance window " + id);
        return history.removeMaintenance(id)
                .map(removed -> {
                    if (!removed) {
                        throw new HistoryErrorMappers.Absent(
                                "There is no maintenance window \"" + id + "\". /history/maintenance lists them.");
                    }
                    operator.did(OperatorAction.REMOVE_MAINTENANCE, order);
                    return Response.noContent().build();
                })
                .toFuture();
    }

    /** What an operator sends. */
    record WindowRequest(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String reason) {}
}
