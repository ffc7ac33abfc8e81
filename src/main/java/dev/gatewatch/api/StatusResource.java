package dev.gatewatch.api;

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
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The seed's two status endpoints. Answers from the snapshot on the event loop; never waits. */
@Path("/")
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {

    private final StatusBoard board;
    private final StatusConfig config;
    private final CurrentStatus status;
    private final HistoryService history;
    private final String version;

    StatusResource(
            StatusBoard board,
            StatusConfig config,
            CurrentStatus status,
            HistoryService history,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.board = board;
        this.config = config;
        this.status = status;
        this.history = history;
        this.version = version;
    }

    /** The whole in a word: 200, or 503 when unhealthy; as {@code application/health+json} for who prefers that. */
    @GET
    @Path("health")
    @Produces({MediaType.APPLICATION_JSON, HealthJson.MEDIA_TYPE})
    public Response health(@Context HttpHeaders headers) {
        Snapshot snapshot = board.current();
        Instant now = CurrentStatus.now();
        DatabaseStatus database = history.status();
        Verdict verdict = Verdict.of(snapshot.phase(), database);
        StatusViews.BotView bot = new StatusViews.BotView(
                StatusViews.status(snapshot.phase()),
                StatusViews.InfoView.of(snapshot, config.recentErrorsWindow(), now));
        StatusViews.HealthView view =
                new StatusViews.HealthView(verdict.name(), now, HistoryViews.word(database.name()), bot, version);
        boolean draft = HealthJson.isPreferred(headers.getAcceptableMediaTypes());
        Object body = draft ? HealthJson.of(view, verdict.word) : view;
        return Response.status(verdict == Verdict.unhealthy ? 503 : 200)
                .type(draft ? HealthJson.MEDIA_TYPE : MediaType.APPLICATION_JSON)
                .header("Vary", "Accept")
                .entity(body)
                .build();
    }

    /** Everything known about the connection. */
    @GET
    @Path("discord-status")
    public StatusViews.DiscordStatusView discordStatus() {
        return status.view();
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
