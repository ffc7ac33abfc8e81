package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BotTokenTest {

    private static final String SECRET = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.signature";

    @Test
    void neverShowsItself() {
        assertThat(BotToken.of(SECRET)).asString().isEqualTo("BotToken[hidden]");
    }

    @Test
    void ignoresWhiteSpaceAround() {
        assertThat(BotToken.of(" " + SECRET + "\r\n").secret()).isEqualTo(SECRET);
    }

    @Test
    void refusesWithoutRepeatingTheText() {
        assertThatThrownBy(() -> BotToken.of("Tm90QU51bWJlcg.secret.part"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(BotToken.EXPECTED)
                .hasNoCause();
    }

    @Test
    void helpsWithTheWordBot() {
        assertThatThrownBy(() -> BotToken.of("Bot " + SECRET))
                .hasMessageContaining("without the word Bot")
                .hasMessageNotContaining("MTIz");
    }
}
