package dev.gatewatch.api;

import dev.gatewatch.history.History;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.concurrent.CompletionStage;

/** How available it was. */
@Path("/history/uptime")
@Produces(MediaType.APPLICATION_JSON)
public class UptimeResource {

    private final History history;

    UptimeResource(History history) {
        this.history = history;
    }

    @GET
    public CompletionStage<UptimeViews.UptimeView> uptime(@Context UriInfo uri) {
        new Parameters(uri, "format").check();
        return history.uptime()
                .map(reports -> new UptimeViews.UptimeView(
                        reports.stream().map(UptimeViews.WindowView::of).toList()))
                .toFuture();
    }
}
