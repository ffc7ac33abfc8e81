package dev.gatewatch.api;

import dev.gatewatch.alert.AlertService;
import dev.gatewatch.alert.Delivery.Outcome;
import dev.gatewatch.connection.OperatorAction;
import dev.gatewatch.gateway.GatewayCommands;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is wrong, and whether people hear of it. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
public class AlertsResource {

    private final AlertService alerts;
    private final Operator operator;

    AlertsResource(AlertService alerts, Operator operator) {
        this.alerts = alerts;
        this.operator = operator;
    }

    /** The open alerts, and how each target does. */
    @GET
    public CompletionStage<AlertViews.AlertsView> alerts() {
        return alerts.report().map(AlertViews.AlertsView::of).toFuture();
    }

    /** Sends every target a test alert: 200 when all took it, 502 when one did not, 409 when there is none. */
    @POST
    @Path("test")
    public CompletionStage<Response> test(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        GatewayCommands.Order order = operator.word(authorization, "test alert");
        operator.did(OperatorAction.TEST_ALERT, order);
        return alerts.test()
                .map(outcomes -> {
                    if (outcomes.isEmpty()) {
                        return Response.status(Response.Status.CONFLICT)
                                .entity(new ErrorMappers.ErrorBody(
                                        409,
                                        "There is nobody to alert: set GATEWATCH_ALERT_TARGETS and start again. README.md"
                                                + " shows how under Alerts."))
                                .build();
                    }
                    boolean all = outcomes.stream()
                            .allMatch(outcome -> outcome.delivery().outcome() == Outcome.DELIVERED);
                    return Response.status(all ? Response.Status.OK : Response.Status.BAD_GATEWAY)
                            .entity(AlertViews.TestView.of(outcomes))
                            .build();
                })
                .toFuture();
    }
}
