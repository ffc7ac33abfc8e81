package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void ignoresAByteOrderMarkAndCharactersThatNobodySees() {
        assertThat(BotToken.of("\uFEFF" + SECRET + "\u00A0\r\n").secret()).isEqualTo(SECRET);
        assertThat(BotToken.of("\u200B\u2060" + SECRET.replace(".", "\u200D.\u00AD") + "\u200E")
                        .secret())
                .isEqualTo(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Bot TOKEN                             | begins with the word Bot",
                "Bearer TOKEN                          | begins with the word Bot",
                "\"TOKEN\"                             | in quotes",
                "'TOKEN'                               | in quotes",
                "“TOKEN”                               | in quotes",
                "DISCORD_TOKEN=TOKEN                   | looks like NAME=value",
                "export DISCORD_TOKEN=\"TOKEN\"        | looks like NAME=value",
                "token: TOKEN                          | looks like NAME=value",
                "{\"token\": \"TOKEN\"}                | looks like JSON",
                "TVRJek5EVTJOemc1TURFeU16UTFOamM0LkdhYmNkRS5zaWduYXR1cmU=|encoded in base64",
                "123456789012345678                    | the application id",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef | the public key",
                "abcdefghijklmnopqrstuvwxyzABCDEF      | the client secret"
            })
    void saysWhatATextLooksLikeThatIsNoToken(String text, String looks) {
        assertThatThrownBy(() -> BotToken.of(text.replace("TOKEN", SECRET)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(BotToken.EXPECTED)
                .hasMessageContaining(looks)
                .hasMessageNotContaining("MTIz")
                .hasMessageNotContaining("signature");
    }

    @Test
    void saysWhatIsWrongWithAFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("token");

        assertThatThrownBy(() -> BotToken.read(file)).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> BotToken.read(directory)).hasMessageContaining("this is a directory");
        assertThat(refusal(file, SECRET.getBytes(StandardCharsets.UTF_16))).contains("UTF-16");
        assertThat(refusal(file, SECRET.getBytes(StandardCharsets.UTF_16LE))).contains("UTF-16");
        assertThat(refusal(file, new byte[] {(byte) 0xc3, 0x28})).contains("not text");
        assertThat(refusal(file, new byte[100_000])).contains("longer than 64 KB");
        assertThat(refusal(file, "\uFEFF\n".getBytes(StandardCharsets.UTF_8))).contains("this one is empty");
        assertThat(refusal(file, ("# bot\n" + SECRET).getBytes(StandardCharsets.UTF_8)))
                .startsWith("a file that holds nothing but the token")
                .contains("several lines");
        Files.writeString(file, "\uFEFF" + SECRET + "\n");
        assertThat(BotToken.read(file).secret()).isEqualTo(SECRET);
    }

    private static String refusal(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        try {
            return BotToken.read(file).toString();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).doesNotContain("MTIz").doesNotContain("signature");
            return String.valueOf(e.getMessage());
        }
    }
}
