package dev.gatewatch.api;

import dev.gatewatch.connection.OperatorAction;
import dev.gatewatch.gateway.GatewayCommands;
import dev.gatewatch.history.History;
import dev.gatewatch.history.IncidentQuery;
import dev.gatewatch.history.Verdict.Blame;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** When it was down, for how long, and why. */
@Path("/history/incidents")
public class IncidentsResource {

    private static final int LONGEST_NOTE = 10_000;
    private static final int LONGEST_AUTHOR = 100;

    private final History history;
    private final Operator operator;

    IncidentsResource(History history, Operator operator) {
        this.history = history;
        this.operator = operator;
    }

    @GET
    public CompletionStage<Response> incidents(@Context UriInfo uri, @Context HttpHeaders headers) {
        Parameters parameters =
                new Parameters(uri, "from", "to", "shard", "kind", "verdict", "cursor", "limit", "format");
        ListAnswer answer = ListAnswer.of(uri, headers, parameters);
        Instant from = parameters.time("from");
        Instant to = parameters.time("to");
        parameters.inOrder(from, to);
        IncidentQuery query = new IncidentQuery(
                from,
                to,
                parameters.shard(),
                causes(parameters),
                parameters.anyOf("verdict", Blame.class),
                parameters.cursor(),
                parameters.limit(EventsResource.USUAL, EventsResource.MOST));
        parameters.check();
        return history.incidents(query)
                .map(page -> {
                    Instant now = Instant.now();
                    List<HistoryViews.IncidentView> items = page.items().stream()
                            .map(incident -> HistoryViews.IncidentView.of(incident, now))
                            .toList();
                    String next = Cursor.of(page.next());
                    return answer.with(
                            new HistoryViews.PageView<>(items, next), () -> HistoryViews.IncidentView.csv(items), next);
                })
                .toFuture();
    }

    @GET
    @Path("{id}")
    public CompletionStage<HistoryViews.ReportView> incident(@PathParam("id") String id) {
        return history.incident(id)
                .map(report -> HistoryViews.ReportView.of(report, Instant.now()))
                .switchIfEmpty(absent(id))
                .toFuture();
    }

    @POST
    @Path("{id}/notes")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> addNote(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @Nullable NoteRequest request) {
        GatewayCommands.Order order = operator.word(authorization, "note to incident " + id);
        String text = request == null
                ? ""
                : Optional.ofNullable(request.text()).orElse("").strip();
        String author = request == null
                ? ""
                : Optional.ofNullable(request.author()).orElse("").strip();
        if (text.isEmpty() || text.length() > LONGEST_NOTE || author.length() > LONGEST_AUTHOR) {
            throw new Parameters.BadRequest(
                    "The body must be JSON like {\"text\": \"what you know\", \"author\": \"you\"};"
                            + " \"text\" has 1 to " + LONGEST_NOTE + " characters, \"author\" at most " + LONGEST_AUTHOR
                            + ".");
        }
        return history.addNote(id, author.isEmpty() ? "operator" : author, text)
                .map(note -> {
                    operator.did(OperatorAction.ADD_NOTE, order);
                    return Response.status(Response.Status.CREATED)
                            .entity(HistoryViews.NoteView.of(note))
                            .type(MediaType.APPLICATION_JSON_TYPE)
                            .build();
                })
                .switchIfEmpty(absent(id))
                .toFuture();
    }

    private static Set<String> causes(Parameters parameters) {
        Set<String> causes = parameters.read(
                "kind", "a failure's kind like closed or name_resolution, or several divided by commas", text -> {
                    boolean words = text.matches("[A-Za-z_]+( *, *[A-Za-z_]+)*");
                    return words
                            ? Arrays.stream(text.toUpperCase(Locale.ROOT).split(" *, *", -1))
                                    .collect(Collectors.toSet())
                            : null;
                });
        return causes == null ? Set.of() : causes;
    }

    private static <T> Mono<T> absent(String id) {
        return Mono.error(() -> new HistoryErrorMappers.Absent(
                "There is no incident \"" + id + "\". /history/incidents lists those that are known."));
    }

    /** What an operator sends. */
    record NoteRequest(@Nullable String text, @Nullable String author) {}
}
