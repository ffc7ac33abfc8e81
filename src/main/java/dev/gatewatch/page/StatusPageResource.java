package dev.gatewatch.page;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/**
 * {@code GET /}: the status page; with {@code ?embed} the compact card, which other sites may frame. The document itself says which of the two it is.
 *
 * <p>Nothing but files of this origin is ever loaded, and nothing inline is ever run. See [MDN/Content-Security-Policy].
 */
@Path("/")
@NonBlocking
public class StatusPageResource {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors ";

    private final StatusPage page;

    StatusPageResource(StatusPage page) {
        this.page = page;
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    public Response page(@Context UriInfo uri, @Context Request request) {
        boolean embedded = uri.getQueryParameters().containsKey("embed");
        StatusPage.Rendered rendered = embedded ? page.card() : page.page();
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(rendered.tag());
        Response.ResponseBuilder answer = unchanged == null ? Response.ok(rendered.html()) : unchanged;
        return answer.tag(rendered.tag())
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("Content-Security-Policy", POLICY + (embedded ? "*" : "'none'"))
                .build();
    }
}
