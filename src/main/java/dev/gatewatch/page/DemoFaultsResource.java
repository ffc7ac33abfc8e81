package dev.gatewatch.page;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The simulated Discord's faults, for the page's drill panel. Outside the demo all of it is 404.
 *
 * <p>Bodies are JSON, so that a browser asks before it sends one from another origin, and is refused.
 */
@Path("/demo/faults")
@Produces(MediaType.APPLICATION_JSON)
public class DemoFaultsResource {

    private final FaultDesk desk;

    DemoFaultsResource(FaultDesk desk) {
        this.desk = desk;
    }

    @GET
    public JsonNode faults() {
        return open().faults();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonNode inject(@Nullable Map<String, Object> fault) {
        FaultDesk open = open();
        if (fault == null) {
            throw new BadRequestException("The body must be JSON like {\"fault\": \"close\", \"code\": 4000}.");
        }
        try {
            return open.inject(fault);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
    }

    @DELETE
    public void healAll() {
        open().healAll();
    }

    @DELETE
    @Path("{id: \\d{1,18}}")
    public void heal(@PathParam("id") long id) {
        if (!open().heal(id)) {
            throw new NotFoundException();
        }
    }

    private FaultDesk open() {
        if (!desk.isOpen()) {
            throw new NotFoundException();
        }
        return desk;
    }
}
