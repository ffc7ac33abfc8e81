package dev.gatewatch.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads Discord's public status page, in the format of Atlassian Statuspage's {@code summary.json}.
 *
 * <p>Only a page from which no answer came says something about the network. One that answers with an error says nothing.
 */
final class StatusPage {

    /** The word for a page that did not answer. */
    static final String UNREACHABLE = "unreachable";

    /** The first word for a page that answered, though not with a status; why follows. */
    static final String UNREADABLE = "unreadable";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_READ = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private StatusPage() {}

    /**
     * What it says, {@code none: All Systems Operational} for example, or {@link #UNREADABLE} with a reason, or {@link #UNREACHABLE};
     * never fails.
     */
    static CompletionStage<String> read(URI url) {
        return read(url, PATIENCE);
    }

    /** The same with another deadline over all, from the connect to the last byte. */
    static CompletionStage<String> read(URI url, Duration patience) {
        AtomicReference<String> began = new AtomicReference<>(UNREACHABLE);
        CompletableFuture<HttpResponse<String>> answer =
                HTTP.sendAsync(HttpRequest.newBuilder(url).build(), response -> {
                    began.set(unreadable("HTTP " + response.statusCode() + " without an end"));
                    return atMost(MOST_READ);
                });
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> answer.cancel(true)); // completing it would leave the connection open
        return answer.thenApply(response -> response.statusCode() == 200
                        ? word(response.body())
                        : unreadable("HTTP " + response.statusCode()))
                .exceptionally(failure -> began.get());
    }

    /** The overall indicator and its words. */
    static String word(String summary) {
        try {
            JsonNode status = JSON.readTree(summary).path("status");
            String indicator = status.path("indicator").asText("");
            return indicator.isEmpty()
                    ? unreadable("no status in its answer")
                    : indicator + ": " + status.path("description").asText("");
        } catch (JsonProcessingException e) {
            return unreadable("no JSON in its answer");
        }
    }

    private static String unreadable(String why) {
        return UNREADABLE + ": " + why;
    }

    private static HttpResponse.BodySubscriber<String> atMost(int bytes) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        return HttpResponse.BodySubscribers.mapping(
                HttpResponse.BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(more -> {
                    if (read.size() + more.length > bytes) {
                        throw new IllegalStateException("the status page is longer than " + bytes + " bytes");
                    }
                    read.writeBytes(more);
                })),
                end -> read.toString(StandardCharsets.UTF_8));
    }
}
