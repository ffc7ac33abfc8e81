package dev.gatewatch.bot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactedTest {

    private final Throwable error = new IllegalStateException(
            "400 from Discord: \u001b[2J\u2028x\n2026-11-24T12:00:00Z INFO all is well", new Exception("\nforged"));

    @Test
    void anErrorInOneLineIsOneLine() {
        assertThat(Redacted.line(error)).endsWith("IllegalStateException: 400 from Discord:  [2J x");
    }

    @Test
    void noLineOfATraceBeginsLikeALineOfTheLog() {
        assertThat(Redacted.trace(error).lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("\t"));
        assertThat(Redacted.trace(error))
                .contains("RedactedTest")
                .doesNotContainPattern("[\\p{Cc}&&[^\\n\\t]]|\\u2028");
    }
}
