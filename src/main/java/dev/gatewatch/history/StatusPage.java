package dev.gatewatch.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Reads Discord's public status page, in the format of Atlassian Statuspage's {@code summary.json}. */
final class StatusPage {

    /** The word for a page that did not answer. */
    static final String UNREACHABLE = "unreachable";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private StatusPage() {}

    /** What it says, {@code none: All Systems Operational} for example, or {@link #UNREACHABLE}; never fails. */
    static CompletionStage<String> read(URI url) {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() == 200 ? word(response.body()) : UNREACHABLE)
                .exceptionally(failure -> UNREACHABLE);
    }

    /** The overall indicator and its words. */
    static String word(String summary) {
        try {
            JsonNode status = JSON.readTree(summary).path("status");
            String indicator = status.path("indicator").asText("");
            return indicator.isEmpty()
                    ? UNREACHABLE
                    : indicator + ": " + status.path("description").asText("");
        } catch (JsonProcessingException e) {
            return UNREACHABLE;
        }
    }
}
