package dev.gatewatch.api;

import dev.gatewatch.connection.ForeignText;
import dev.gatewatch.log.LogEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error as JSON with a message; a defect of ours under a reference, never with a stack trace. */
public class ErrorMappers {

    private static final Logger log = Logger.getLogger(ErrorMappers.class);

    @ServerExceptionMapper
    RestResponse<ErrorBody> refused(WebApplicationException error, UriInfo uri) {
        Response response = error.getResponse();
        String message = response.getStatus() == 404
                ? nothingAt(uri.getRequestUri().getPath())
                : Objects.requireNonNullElse(error.getMessage(), "The request was refused.");
        return body(response.getStatus(), message);
    }

    @ServerExceptionMapper
    RestResponse<ErrorBody> defect(Throwable error, UriInfo uri) {
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LogEvent.REQUEST_FAILED.log(
                log,
                error,
                "Request for " + ForeignText.clean(uri.getRequestUri().getPath()) + " failed, reference " + reference);
        return body(500, "Gatewatch failed to answer. The log has the cause under reference " + reference + ".");
    }

    static String nothingAt(String path) {
        return "There is nothing at " + path + ". Try /health, /discord-status or /q/health.";
    }

    private static RestResponse<ErrorBody> body(int status, String message) {
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(status), new ErrorBody(status, message))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** The JSON of every error. */
    @RegisterForReflection // for Jackson in a native image: mappers, and a Response, do not tell its type
    record ErrorBody(int status, String message) {}
}
