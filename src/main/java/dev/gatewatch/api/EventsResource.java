package dev.gatewatch.api;

import dev.gatewatch.history.EventKind;
import dev.gatewatch.history.EventQuery;
import dev.gatewatch.history.History;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What happened, newest first. */
@Path("/history/events")
public class EventsResource {

    static final int USUAL = 100;
    static final int MOST = 1_000;

    private final History history;

    EventsResource(History history) {
        this.history = history;
    }

    @GET
    public CompletionStage<Response> events(@Context UriInfo uri, @Context HttpHeaders headers) {
        Parameters parameters = new Parameters(uri, "from", "to", "shard", "kind", "cursor", "limit", "format");
        ListAnswer answer = ListAnswer.of(uri, headers, parameters);
        Instant from = parameters.time("from");
        Instant to = parameters.time("to");
        parameters.inOrder(from, to);
        EventQuery query = new EventQuery(
                from,
                to,
                parameters.shard(),
                parameters.anyOf("kind", EventKind.class),
                parameters.cursor(),
                parameters.limit(USUAL, MOST));
        parameters.check();
        return history.events(query)
                .map(page -> {
                    List<HistoryViews.EventView> items = page.items().stream()
                            .map(HistoryViews.EventView::of)
                            .toList();
                    String next = Cursor.of(page.next());
                    return answer.with(
                            new HistoryViews.PageView<>(items, next), () -> HistoryViews.EventView.csv(items), next);
                })
                .toFuture();
    }
}
