package dev.gatewatch.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.history.DatabaseStatus;
import dev.gatewatch.history.HistoryService;
import dev.gatewatch.status.StatusBoard;
import dev.gatewatch.status.StatusConfig;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The seed's two status endpoints. Answers from the snapshot on the event loop; never waits.
 *
 * <p>They are asked most, and under load, so what they say is written once per change, see {@link FoldedAnswer}, and sent to all who
 * ask.
 */
@Path("/")
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {

    private static final MediaType DRAFT = MediaType.valueOf(HealthJson.MEDIA_TYPE);

    private final StatusBoard board;
    private final StatusConfig config;
    private final HistoryService history;
    private final ObjectMapper mapper;
    private final String version;
    private final FoldedAnswer health = new FoldedAnswer(this::basis, () -> health(false));
    private final FoldedAnswer draft = new FoldedAnswer(this::basis, () -> health(true));
    private final FoldedAnswer status;

    StatusResource(
            StatusBoard board,
            StatusConfig config,
            CurrentStatus current,
            HistoryService history,
            ObjectMapper mapper,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.board = board;
        this.config = config;
        this.history = history;
        this.mapper = mapper;
        this.version = version;
        status = new FoldedAnswer(board::current, () -> body(200, current.view()));
    }

    /** The whole in a word: 200, or 503 when unhealthy; as {@code application/health+json} for who prefers that. */
    @GET
    @Path("health")
    @Produces({MediaType.APPLICATION_JSON, HealthJson.MEDIA_TYPE})
    public RestResponse<String> health(@Context HttpHeaders headers) {
        boolean asDraft = isDraftPreferred(headers);
        FoldedAnswer.Body body = (asDraft ? draft : health).get();
        return RestResponse.ResponseBuilder.<String>create(body.status())
                .type(asDraft ? DRAFT : MediaType.APPLICATION_JSON_TYPE)
                .header("Vary", "Accept")
                .entity(body.json())
                .build();
    }

    /** Everything known about the connection. */
    @GET
    @Path("discord-status")
    public byte[] discordStatus() {
        return status.get().utf8();
    }

    private static boolean isDraftPreferred(HttpHeaders headers) {
        String accept = headers.getHeaderString(HttpHeaders.ACCEPT);
        return accept != null
                && accept.contains(HealthJson.MEDIA_TYPE)
                && HealthJson.isPreferred(headers.getAcceptableMediaTypes());
    }

    private Object basis() {
        return List.of(board.current(), history.status());
    }

    private FoldedAnswer.Body health(boolean asDraft) {
        Snapshot snapshot = board.current();
        Instant now = CurrentStatus.now();
        DatabaseStatus database = history.status();
        Verdict verdict = Verdict.of(snapshot.phase(), database);
        StatusViews.BotView bot = new StatusViews.BotView(
                StatusViews.status(snapshot.phase()),
                StatusViews.InfoView.of(snapshot, config.recentErrorsWindow(), now));
        StatusViews.HealthView view =
                new StatusViews.HealthView(verdict.name(), now, HistoryViews.word(database.name()), bot, version);
        return body(verdict == Verdict.unhealthy ? 503 : 200, asDraft ? HealthJson.of(view, verdict.word) : view);
    }

    private FoldedAnswer.Body body(int code, Object view) {
        try {
            return new FoldedAnswer.Body(code, mapper.writeValueAsString(view));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A view of ours cannot be written as JSON", e);
        }
    }

    /** The status words of {@code /health}. */
    private enum Verdict {
        healthy("pass"),
        degraded("warn"),
        unhealthy("fail");

        /** The same in the words of the IETF's draft. */
        final String word;

        Verdict(String word) {
            this.word = word;
        }

        static Verdict of(Phase phase, DatabaseStatus database) {
            return switch (phase) {
                case CONNECTED -> database == DatabaseStatus.UNHEALTHY ? degraded : healthy;
                case STOPPED -> unhealthy;
                default -> degraded;
            };
        }
    }
}
