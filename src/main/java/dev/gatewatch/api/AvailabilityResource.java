package dev.gatewatch.api;

import dev.gatewatch.history.History;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How available it was, hour by hour or day by day: for a heat map or a row of days. */
@Path("/history/availability")
@Produces(MediaType.APPLICATION_JSON)
public class AvailabilityResource {

    /** How many stretches one answer may hold: a year of days, ten days of quarters of an hour. */
    private static final int MOST = 1_000;

    private static final ZoneId UTC = ZoneId.of("UTC");

    private final History history;

    AvailabilityResource(History history) {
        this.history = history;
    }

    @GET
    public CompletionStage<AvailabilityViews.AvailabilityView> availability(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri, "from", "to", "step", "zone", "format");
        Instant to = orElse(parameters.time("to"), Instant.now());
        Instant from = orElse(parameters.time("from"), to.minus(Duration.ofHours(24)));
        ZoneId asked = parameters.read("zone", "a time zone like Europe/Berlin", ZoneId::of);
        ZoneId zone = asked == null ? UTC : asked;
        Stretch chosen = parameters.read("step", "one of " + Stretch.WORDS, Stretch::of);
        Stretch step = chosen == null ? Stretch.fit(Duration.between(from, to)) : chosen;
        parameters.inOrder(from, to);
        if (Duration.between(from, to).dividedBy(step.length()) > MOST) {
            parameters.problem("\"step\" is " + step.word() + ", of which more than " + MOST
                    + " lie between \"from\" and \"to\"; expected is a coarser step or a shorter time");
        }
        parameters.check();
        List<Instant> edges = step.edges(from, to, zone);
        return history.availability(edges)
                .map(availability -> AvailabilityViews.AvailabilityView.of(availability, step.word(), zone.getId()))
                .toFuture();
    }

    private static Instant orElse(@Nullable Instant time, Instant otherwise) {
        return time == null ? otherwise : time;
    }
}
