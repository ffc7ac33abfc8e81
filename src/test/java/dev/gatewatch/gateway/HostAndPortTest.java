package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {

    @ParameterizedTest
    @CsvSource({
        "https://discord.com/api, discord.com, -1",
        "http://discord_api:8080, discord_api, 8080",
        "http://_api_/x, _api_, -1",
        "ws://127.0.0.1:8765/x?y, 127.0.0.1, 8765",
        "http://[::1]:80, [::1], 80",
        "http://us_er:p_w@Proxy_1:3128, Proxy_1, 3128"
    })
    void readsNamesAndAddresses(String url, String host, int port) {
        assertThat(HostAndPort.of(URI.create(url))).contains(new HostAndPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:///api",
                "http:api",
                "https://:443/api",
                "http://a_b:0",
                "http://a_b:65536",
                "http://a_b:x",
                "http://a@b@c",
                "http://a..b"
            })
    void anythingElseLeadsNowhere(String url) {
        assertThat(HostAndPort.of(URI.create(url))).isEmpty();
    }

    @Test
    void tellsWhetherThereIsAUser() {
        assertThat(HostAndPort.hasUser(URI.create("http://user@a_b"))).isTrue();
        assertThat(HostAndPort.hasUser(URI.create("http://a_b/x@y"))).isFalse();
    }
}
