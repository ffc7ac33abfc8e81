package dev.gatewatch.api;

import dev.gatewatch.history.History;
import dev.gatewatch.history.Sample;
import dev.gatewatch.history.Step;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Measurements over time, oldest first. */
@Path("/history/samples")
public class SamplesResource {

    /** How many rows one answer may hold; a week of minutes of one shard. */
    private static final int MOST = 10_080;

    private final History history;

    SamplesResource(History history) {
        this.history = history;
    }

    @GET
    public CompletionStage<Response> samples(@Context UriInfo uri, @Context HttpHeaders headers) {
        Parameters parameters = new Parameters(uri, "from", "to", "step", "shard", "format");
        ListAnswer answer = ListAnswer.of(uri, headers, parameters);
        Instant until = orElse(parameters.time("to"), Instant.now());
        Instant since = orElse(parameters.time("from"), until.minus(Duration.ofHours(24)));
        Step asked =
                parameters.read("step", "1m, 1h or 1d", text -> Step.of(text).orElse(null));
        Shards shards = parameters.read("shard", "a shard's index, 0 or more, or all", Shards::parse);
        parameters.inOrder(since, until);
        Step step = asked == null ? usual(Duration.between(since, until)) : asked;
        if (Duration.between(since, until).dividedBy(step.length()) > MOST) {
            parameters.problem("\"step\" is " + step.word() + ", of which more than " + MOST
                    + " lie between \"from\" and \"to\"; expected is a coarser step or a shorter time");
        }
        parameters.check();
        return samples(shards, step, since, until)
                .map(samples -> {
                    List<HistoryViews.SampleView> items =
                            samples.stream().map(HistoryViews.SampleView::of).toList();
                    return answer.with(
                            new HistoryViews.SamplesView(step.word(), items),
                            () -> HistoryViews.SampleView.csv(items),
                            null);
                })
                .toFuture();
    }

    private Mono<List<Sample>> samples(@Nullable Shards shards, Step step, Instant since, Instant until) {
        if (shards == null) {
            return history.samples(step, since, until, MOST);
        }
        Integer one = shards.one();
        return one == null
                ? history.samplesTogether(step, since, until, MOST)
                : history.samplesOf(one, step, since, until, MOST);
    }

    /** The finest step that is kept for so long, and does not make too many rows. */
    private static Step usual(Duration time) {
        if (time.compareTo(Duration.ofHours(25)) <= 0) {
            return Step.MINUTE;
        }
        return time.compareTo(Duration.ofDays(60)) <= 0 ? Step.HOUR : Step.DAY;
    }

    private static Instant orElse(@Nullable Instant time, Instant otherwise) {
        return time == null ? otherwise : time;
    }

    /** Whose samples are wanted: one shard's, or with null those of all as one. */
    private record Shards(@Nullable Integer one) {

        static @Nullable Shards parse(String text) {
            if (text.equalsIgnoreCase("all")) {
                return new Shards(null);
            }
            return text.matches("\\d{1,4}") ? new Shards(Integer.valueOf(text)) : null;
        }
    }
}
