package dev.gatewatch.api;

import dev.gatewatch.gateway.GatewayCommands;
import dev.gatewatch.history.HistoryBusyException;
import dev.gatewatch.history.HistoryUnavailableException;
import jakarta.ws.rs.core.MediaType;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What can go wrong with a request, in the words and the form of every other error. */
public class HistoryErrorMappers {

    private static final Logger log = Logger.getLogger(HistoryErrorMappers.class);
    private static final int BUSY_SECONDS = 5;

    @ServerExceptionMapper
    RestResponse<ErrorMappers.ErrorBody> misunderstood(Parameters.BadRequest error) {
        return body(Status.BAD_REQUEST, error).build();
    }

    @ServerExceptionMapper
    RestResponse<ErrorMappers.ErrorBody> absent(Absent error) {
        return body(Status.NOT_FOUND, error).build();
    }

    @ServerExceptionMapper
    RestResponse<ErrorMappers.ErrorBody> unauthorized(AdminToken.UnauthorizedException error) {
        return body(Status.UNAUTHORIZED, error)
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper
    RestResponse<ErrorMappers.ErrorBody> tooMany(AdminToken.TooManyException error) {
        return body(Status.TOO_MANY_REQUESTS, error)
                .header("Retry-After", error.seconds())
                .build();
    }

    @ServerExceptionMapper
    RestResponse<ErrorMappers.ErrorBody> refused(GatewayCommands.Refused error) {
        return body(Status.CONFLICT, error).build();
    }

    @ServerExceptionMapper
    RestResponse<ErrorMappers.ErrorBody> unavailable(HistoryUnavailableException error) {
        log.debug("The history was asked and did not answer", error);
        String message = "The history cannot be read at the moment: its database does not answer, or it is switched off"
                + " (GATEWATCH_HISTORY_ENABLED). /health shows how the database does; the log says why.";
        return ResponseBuilder.create(Status.SERVICE_UNAVAILABLE, new ErrorMappers.ErrorBody(503, message))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    @ServerExceptionMapper
    RestResponse<ErrorMappers.ErrorBody> busy(HistoryBusyException error) {
        return body(Status.SERVICE_UNAVAILABLE, error)
                .header("Retry-After", BUSY_SECONDS)
                .build();
    }

    private static ResponseBuilder<ErrorMappers.ErrorBody> body(Status status, RuntimeException error) {
        return ResponseBuilder.create(
                        status, new ErrorMappers.ErrorBody(status.getStatusCode(), String.valueOf(error.getMessage())))
                .type(MediaType.APPLICATION_JSON_TYPE);
    }

    /** There is no such thing. */
    static final class Absent extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Absent(String message) {
            super(message);
        }
    }
}
