package dev.gatewatch.api;

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
import reactor.core.publisher.Mono;

/** Downtime that was meant to be: recorded here, left out of the uptime, and shown beside it. */
@Path("/history/maintenance")
@Produces(MediaType.APPLICATION_JSON)
public class MaintenanceResource {

    private static final int LONGEST_REASON = 1_000;

    private final History history;
    private final AdminToken admin;

    MaintenanceResource(History history, AdminToken admin) {
        this.history = history;
        this.admin = admin;
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
        admin.require(authorization);
        Instant from = request == null ? null : request.from();
        Instant to = request == null ? null : request.to();
        String reason = request == null
                ? ""
                : Optional.ofNullable(request.reason()).orElse("").strip();
        if (from == null || to == null || !from.isBefore(to) || reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new Parameters.BadRequest("The body must be JSON like {\"from\": \"2026-03-01T12:00:00Z\", \"to\":"
                    + " \"2026-03-01T13:00:00Z\", \"reason\": \"upgrade\"}; \"from\" is before \"to\", \"reason\" has 1 to "
                    + LONGEST_REASON + " characters.");
        }
        return history.addMaintenance(from, to, reason)
                .map(window -> Response.status(Response.Status.CREATED)
                        .entity(HistoryViews.MaintenanceView.of(window))
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .build())
                .toFuture();
    }

    @DELETE
    @Path("{id}")
    public CompletionStage<Response> remove(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String id) {
        admin.require(authorization);
        return history.removeMaintenance(id)
                .flatMap(removed -> removed
                        ? Mono.just(Response.noContent().build())
                        : Mono.error(new HistoryErrorMappers.Absent(
                                "There is no maintenance window \"" + id + "\". /history/maintenance lists them.")))
                .toFuture();
    }

    /** What an operator sends. */
    record WindowRequest(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String reason) {}
}
