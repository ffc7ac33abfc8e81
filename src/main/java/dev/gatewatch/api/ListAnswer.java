package dev.gatewatch.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers with a list, as JSON or as CSV, whichever was asked for; {@code ?format} outranks {@code Accept}. */
final class ListAnswer {

    private static final MediaType CSV = new MediaType("text", "csv", "utf-8");

    private final UriInfo uri;
    private final boolean csv;

    private ListAnswer(UriInfo uri, boolean csv) {
        this.uri = uri;
        this.csv = csv;
    }

    /** What the request asks for. */
    static ListAnswer of(UriInfo uri, HttpHeaders headers, Parameters parameters) {
        Boolean wanted = parameters.read("format", "json or csv", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "csv" -> true;
            case "json" -> false;
            default -> throw new IllegalArgumentException(text);
        });
        boolean accepted = acceptable(headers).stream()
                .findFirst()
                .map(type -> type.getType().equals("text") && type.getSubtype().equals("csv"))
                .orElse(false);
        return new ListAnswer(uri, wanted == null ? accepted : wanted);
    }

    private static List<MediaType> acceptable(HttpHeaders headers) {
        try {
            return headers.getAcceptableMediaTypes();
        } catch (IllegalArgumentException e) {
            throw new Parameters.BadRequest("The Accept header cannot be understood; expected are media types such as"
                    + " application/json, divided by commas.");
        }
    }

    /** The answer; where there is more, a Link header leads to it. */
    Response with(Object json, Supplier<Csv> table, @Nullable String next) {
        Response.ResponseBuilder answer =
                csv ? Response.ok(table.get().toString(), CSV) : Response.ok(json, MediaType.APPLICATION_JSON_TYPE);
        answer.header("Vary", "Accept");
        if (next != null) {
            answer.link(
                    uri.getRequestUriBuilder().replaceQueryParam("cursor", next).build(), "next");
        }
        return answer.build();
    }
}
