package dev.gatewatch.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.gateway.BoundedBody;
import dev.gatewatch.gateway.ForwardProxy;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

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
        return client(url)
                .get()
                .uri(url.toString())
                .response((response, body) -> {
                    int status = response.status().code();
                    began.set(unreadable("HTTP " + status + " without an end"));
                    return BoundedBody.text(body, MOST_READ)
                            .map(text -> status == 200 ? word(text) : unreadable("HTTP " + status));
                })
                .next()
                .timeout(patience)
                .onErrorResume(failure -> Mono.fromSupplier(began::get))
                .toFuture();
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

    private static HttpClient client(URI url) {
        HttpClient client = HttpClient.create(ConnectionProvider.newConnection())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(PATIENCE.toMillis()))
                .secure()
                .disableRetry(true)
                .followRedirect(true); // nothing of what is sent is a secret
        return ForwardProxy.configured().toward(url.toString(), client);
    }

    private static String unreadable(String why) {
        return UNREADABLE + ": " + why;
    }
}
