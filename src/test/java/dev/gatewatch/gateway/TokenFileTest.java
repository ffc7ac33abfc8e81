package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.LoggedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

    private static final String REFUSED = "MTIzNDU2Nzg5MDEyMzQ1Njc4.AAAAAA.the_old_one";
    private static final String RENEWED = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.the_new_one";

    @TempDir
    Path directory;

    @Test
    void givesAnotherTokenAndNotTheRefusedOne() throws IOException {
        TokenFile file = file(REFUSED);
        assertThat(file.other(BotToken.of(REFUSED))).isEmpty();

        file(RENEWED + "\n");
        assertThat(file.other(BotToken.of(REFUSED)).map(BotToken::secret)).contains(RENEWED);
    }

    @Test
    void tellsOncePerChangeWhatCannotBeUsed() throws IOException {
        TokenFile file = file(REFUSED);
        try (LoggedLines log = new LoggedLines(TokenFile.class.getName())) {
            file.other(BotToken.of(REFUSED));
            assertThat(log.lines()).isEmpty();

            file("'" + RENEWED + "'");
            file.other(BotToken.of(REFUSED));
            file.other(BotToken.of(REFUSED));
            assertThat(log.lines()).singleElement().asString().contains(directory.toString(), "in quotes");

            file("DISCORD_TOKEN=" + RENEWED);
            file.other(BotToken.of(REFUSED));
            assertThat(log.lines()).hasSize(2).last().asString().contains("NAME=value");

            file(REFUSED);
            file.other(BotToken.of(REFUSED));
            file("DISCORD_TOKEN=" + RENEWED);
            file.other(BotToken.of(REFUSED));
            assertThat(log.lines()).hasSize(3).allSatisfy(line -> assertThat(line)
                    .doesNotContain("the_new_one"));
        }
    }

    private TokenFile file(String content) throws IOException {
        return new TokenFile(Files.writeString(directory.resolve("token"), content));
    }
}
