package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenDestinationTest {

    @ParameterizedTest
    @ValueSource(strings = {"wss://gateway.discord.gg", "WSS://gateway.discord.gg/", "wss://127.0.0.1:8765/resume-0"})
    void anEncryptedOneIsAlwaysUsable(String url) {
        assertThat(TokenDestination.isUsable(url, true)).isTrue();
        assertThat(TokenDestination.isUsable(url, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://gateway.discord.gg", "Ws://127.0.0.1:8765"})
    void anOpenOneIsUsableOnlyWhereNothingIsEncrypted(String url) {
        assertThat(TokenDestination.isUsable(url, false)).isTrue();
        assertThat(TokenDestination.isUsable(url, true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://gateway.discord.gg",
                "gateway.discord.gg",
                "wss://",
                "wss:gateway",
                "ws://a b",
                "wss://gateway_proxy:8443",
                "://"
            })
    void anythingElseIsNot(String url) {
        assertThat(TokenDestination.isUsable(url, false)).isFalse();
        assertThat(TokenDestination.isUsable(url, true)).isFalse();
    }

    @Test
    void whatIsEncryptedDemandsThatWhatItLeadsToIs() {
        assertThat(TokenDestination.demandsTls("https://discord.com/api/v10")).isTrue();
        assertThat(TokenDestination.demandsTls("HTTPS://discord.com")).isTrue();
        assertThat(TokenDestination.demandsTls("wss://gateway.discord.gg")).isTrue();
        assertThat(TokenDestination.demandsTls("http://127.0.0.1:8765/api/v10")).isFalse();
        assertThat(TokenDestination.demandsTls("ws://127.0.0.1:8765")).isFalse();
    }
}
