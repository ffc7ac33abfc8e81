package dev.gatewatch.api;

import dev.gatewatch.connection.Phase;
import dev.gatewatch.history.History;
import dev.gatewatch.history.UptimeReport;
import dev.gatewatch.status.StatusBoard;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** Status and uptime as a picture, for a README or a wiki. */
@Path(BadgeResource.PATH)
public class BadgeResource {

    static final String PATH = "/badge.svg";

    /** How old what a badge shows may be. */
    private static final Duration FRESH = History.FRESH;

    private static final int LONGEST_LABEL = 40;
    private static final Set<String> WINDOWS = Set.of("24h", "7d", "30d", "90d");

    private final StatusBoard board;
    private final Mono<List<UptimeReport>> uptime;

    BadgeResource(StatusBoard board, History history) {
        this.board = board;
        uptime = history.uptime().onErrorReturn(List.of());
    }

    /** The badge; without the uptime while the history cannot tell it. */
    @GET
    @Produces("image/svg+xml")
    public CompletionStage<Response> badge(@Context UriInfo uri, @Context Request request) {
        Parameters parameters = new Parameters(uri, "label", "window");
        String label = Optional.ofNullable(parameters.<String>read(
                        "label",
                        "1 to " + LONGEST_LABEL + " characters",
                        text -> text.length() <= LONGEST_LABEL ? text : null))
                .orElse("gatewatch");
        String window = Optional.ofNullable(parameters.<String>read(
                        "window", "24h, 7d, 30d or 90d", text -> WINDOWS.contains(text) ? text : null))
                .orElse("30d");
        parameters.check();
        Phase phase = board.current().phase();
        return uptime.map(reports -> percent(reports, window)
                        .map(percent -> StatusViews.status(phase) + " · " + percent + " " + window)
                        .orElse(StatusViews.status(phase)))
                .map(message -> answer(new Badge(label, message, colour(phase)).svg(), request))
                .toFuture();
    }

    private static Optional<String> percent(List<UptimeReport> reports, String window) {
        OptionalDouble percent = reports.stream()
                .filter(report -> report.window().equals(window))
                .map(report -> report.total().percent())
                .findFirst()
                .orElse(OptionalDouble.empty());
        return percent.isEmpty()
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "%.2f%%", Math.floor(percent.getAsDouble() * 100) / 100));
    }

    private static Response answer(String svg, Request request) {
        CacheControl cache = new CacheControl();
        cache.setMaxAge((int) FRESH.toSeconds());
        cache.setNoTransform(false);
        EntityTag tag = new EntityTag(Integer.toHexString(svg.hashCode()));
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged == null ? Response.ok(svg) : unchanged)
                .tag(tag)
                .cacheControl(cache)
                .build();
    }

    private static String colour(Phase phase) {
        return switch (phase) {
            case CONNECTED -> "#2da44e";
            case STOPPED -> "#cf222e";
            default -> "#bf8700";
        };
    }
}
