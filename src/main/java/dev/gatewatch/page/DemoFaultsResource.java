package dev.gatewatch.page;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The simulated Discord's faults, and the way back from those that stop the bot, for the page's drill panel. Outside the demo all of it is 404.
 *
 * <p>Bodies are JSON, so that a browser asks before it sends one from another origin, and is refused.
 */
@Path("/demo")
@Produces(MediaType.APPLICATION_JSON)
public class DemoFaultsResource {

    private final FaultDesk desk;

    DemoFaultsResource(FaultDesk desk) {
        this.desk = desk;
    }

    @GET
    @Path("faults")
    public JsonNode faults() {
        return open().faults();
    }

    @POST
    @Path("faults")
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
    @Path("faults")
    public void healAll() {
        open().healAll();
    }

    @DELETE
    @Path("faults/{id}")
    public void heal(@PathParam("id") long id) {
        if (!open().heal(id)) {
            throw new NotFoundException();
        }
    }

    /** Ends all faults and has a bot that stopped started again; PUT, so that a browser asks first here too. */
    @PUT
    @Path("bot")
    public CompletionStage<Void> restore() {
        return open().restore();
    }

    private FaultDesk open() {
        if (!desk.isOpen()) {
            throw new NotFoundException();
        }
        return desk;
    }
}
