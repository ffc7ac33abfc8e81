package com.example;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Nothing, on the event loop. */
@Path("/")
public class EmptyResource {

    @GET
    @NonBlocking
    @Produces(MediaType.TEXT_PLAIN)
    public String nothing() {
        return "";
    }
}
