package dev.gatewatch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a service again and again whether it lives, as an orchestrator does, and notes each answer. */
final class Probes {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Answer> answers = new ArrayList<>();
    private final List<URI> addresses;

    private Probes(List<URI> addresses) {
        this.addresses = addresses;
    }

    /** For a service that has a management port. */
    static Probes of(RunningService service) {
        String management = "http://127.0.0.1:" + service.managementPort();
        return new Probes(List.of(
                service.address("/health"),
                URI.create(management + "/q/health/live"),
                URI.create(management + "/q/health/ready")));
    }

    /** Asks for so long, and returns what came. */
    List<Answer> ask(Duration span) throws InterruptedException {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            for (URI address : addresses) {
                answers.add(ask(address));
            }
        }
        return answers;
    }

    private Answer ask(URI address) throws InterruptedException {
        long begin = System.nanoTime();
        int status;
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build();
            status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            status = 0;
        }
        return new Answer(address, status, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** An answer; status 0 stands for none. */
    record Answer(URI address, int status, Duration time) {}
}
