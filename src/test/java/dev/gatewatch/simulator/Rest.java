package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests to a simulator, the way a test likes to write them. */
final class Rest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Simulator simulator;

    Rest(Simulator simulator) {
        this.simulator = simulator;
    }

    HttpResponse<String> get(String path) {
        return call("GET", path, null, simulator.token());
    }

    HttpResponse<String> call(String method, String path, String body) {
        return call(method, path, body, simulator.token());
    }

    /** A request that waits for no more than 200 ms. */
    HttpResponse<String> hasty(String path) {
        return call("GET", path, null, simulator.token(), Duration.ofMillis(200));
    }

    HttpResponse<String> call(String method, String path, String body, String token) {
        return call(method, path, body, token, Duration.ofSeconds(5));
    }

    private HttpResponse<String> call(String method, String path, String body, String token, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + simulator.port() + path))
                .timeout(timeout)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bot " + token);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return ProbeClient.MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }
}
