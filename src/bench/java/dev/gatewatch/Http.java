package dev.gatewatch;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;

/** Asks a server until it answers as wanted. */
final class Http {

    /** Not HTTP/2, whose upgrade would have the server load what a probe does not need. */
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long GLANCE_MILLIS = 2;

    private Http() {}

    /** Waits until somebody listens there: a glance costs next to nothing, which a start beside it would pay for. */
    static void awaitListener(URI address) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                return;
            } catch (IOException e) {
                Thread.sleep(GLANCE_MILLIS);
            }
        }
        throw new IllegalStateException("nobody listened at " + address + " within " + PATIENCE);
    }

    /** Asks again and again, and gives the answer that is as wanted. */
    static HttpResponse<String> await(URI address, Predicate<HttpResponse<String>> wanted) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        while (System.nanoTime() < end) {
            try {
                HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
                if (wanted.test(answer)) {
                    return answer;
                }
            } catch (IOException e) {
                // not listening yet
            }
            Thread.sleep(GLANCE_MILLIS);
        }
        throw new IllegalStateException(address + " did not answer as wanted within " + PATIENCE);
    }
}
