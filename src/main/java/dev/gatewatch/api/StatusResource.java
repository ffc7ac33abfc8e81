package dev.gatewatch.api;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** The seed's two status endpoints. Answers from the snapshot on the event loop; never waits. */
@Path("/")
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {

    private static final MediaType DRAFT = MediaType.valueOf(HealthJson.MEDIA_TYPE);

    private final StatusAnswers answers;

    StatusResource(StatusAnswers answers) {
        this.answers = answers;
    }

    /** The whole in a word: 200, or 503 when unhealthy; as {@code application/health+json} for who prefers that. */
    @GET
    @Path("health")
    @Produces({MediaType.APPLICATION_JSON, HealthJson.MEDIA_TYPE})
    public RestResponse<String> health(@Context HttpHeaders headers) {
        boolean asDraft = isDraftPreferred(headers);
        AnswerBody body = (asDraft ? answers.healthDraft() : answers.health()).get();
        return RestResponse.ResponseBuilder.<String>create(body.status())
                .type(asDraft ? DRAFT : MediaType.APPLICATION_JSON_TYPE)
                .header("Vary", "Accept")
                .entity(body.json())
                .build();
    }

    /** Everything known about the connection. */
    @GET
    @Path("discord-status")
    public String discordStatus() {
        return answers.status().get().json();
    }

    private static boolean isDraftPreferred(HttpHeaders headers) {
        String accept = headers.getHeaderString(HttpHeaders.ACCEPT);
        return accept != null
                && accept.contains(HealthJson.MEDIA_TYPE)
                && HealthJson.isPreferred(headers.getAcceptableMediaTypes());
    }
}
