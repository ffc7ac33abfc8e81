package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.LoggedLines;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no resource understands: a 400 in our form, with our headers, and no line in the log. */
@QuarkusTest
class FailedRequestTest {

    @TestHTTPResource
    URI address;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health HTTP/1.1\r\n\r\n",
                "GET /history/events HTTP/1.1\r\n\r\n",
                "GET /no-such HTTP/1.1\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /history/events HTTP/1.1\r\nHost: :::\r\n\r\n"
            })
    void aRequestWithoutAUsableHostIsTold(String request) throws IOException {
        try (LoggedLines log = new LoggedLines("io.quarkus.vertx.http");
                Wire wire = new Wire(address)) {
            wire.send(request);
            Wire.Answer answer = wire.receive(true);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("\"status\":400", "Host header");
            assertThat(answer.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("cache-control", "no-store")
                    .containsKey("content-security-policy");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aProbeOfHttp10NeedsNoHost() throws IOException {
        try (Wire wire = new Wire(address)) {
            wire.send("GET /q/health/live HTTP/1.0\r\n\r\n");
            assertThat(wire.receive(true).text()).contains("\"checks\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/history/events?from=%2B999999999-01-01T00:00:00Z",
                "/history/events?to=-999999999-01-01T00:00:00Z",
                "/history/incidents?from=%2B10000-01-01T00:00:00Z",
                "/history/samples?from=-999999999-01-01T00:00:00Z&to=-999999998-01-01T00:00:00Z&step=1d",
                "/history/availability?from=%2B999999998-12-31T00:00:00Z&to=%2B999999999-01-01T00:00:00Z&step=1d"
            })
    void aTimeOutOfRangeIsTold(String path) throws IOException {
        try (LoggedLines log = new LoggedLines("dev.gatewatch.api");
                Wire wire = new Wire(address)) {
            Wire.Answer answer = wire.get(path, Wire.PLAIN);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("expected is a time like 2026-03-01T12:00:00Z");
            assertThat(log.lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/history/events", "/history/incidents"})
    void anAcceptHeaderThatIsNoneIsTold(String path) throws IOException {
        try (LoggedLines log = new LoggedLines("dev.gatewatch.api");
                Wire wire = new Wire(address)) {
            Wire.Answer answer = wire.get(path, "Accept: ;;;\r\n");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("Accept");
            assertThat(log.lines()).isEmpty();
        }
    }
}
