package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayUrlTest {

    private static final String OURS = "v=10&encoding=json&compress=zlib-stream";

    @ParameterizedTest
    @CsvSource({
        "wss://gateway.discord.gg, wss://gateway.discord.gg/?",
        "wss://gateway.discord.gg/, wss://gateway.discord.gg/?",
        "wss://gateway.discord.gg/?v=9&encoding=etf, wss://gateway.discord.gg/?",
        "wss://gateway.discord.gg?v=10, wss://gateway.discord.gg/?",
        "wss://gateway.discord.gg/?, wss://gateway.discord.gg/?",
        "ws://proxy:8080/discord/gateway, ws://proxy:8080/discord/gateway?",
        "ws://[::1]:8080/a%20b/, ws://[::1]:8080/a%20b/?",
    })
    void hasThePathThatWasHandedOutAndOurParameters(String handedOut, String expected) {
        assertThat(GatewayUrl.of(handedOut)).isEqualTo(expected + OURS);
    }

    @ParameterizedTest
    @CsvSource({
        "wss://gateway.discord.gg/?v=9&region=eu, &region=eu",
        "wss://gateway.discord.gg/g?key=a%26b&flag, &key=a%26b&flag",
    })
    void keepsParametersThatAreNotOurs(String handedOut, String others) {
        assertThat(GatewayUrl.of(handedOut)).endsWith("?" + OURS + others);
    }
}
