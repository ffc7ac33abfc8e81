package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedProgramIT {

    private static final String TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.a-signature_of_some_length";

    @Test
    void listsAllWrongVariablesInOneMessageAndExitsWith1() throws Exception {
        var outcome = PackagedProgram.run(Map.of(
                "DISCORD_TOKEN", "Bot " + TOKEN,
                "DISCORD_RECONNECT_DELAY", "-5",
                "DISCORD_INTENTS", "GUILD_MEMBRS",
                "DISCORD_SHARD_IDS", "0",
                "QUARKUS_HTTP_PORT", "http"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("Gatewatch cannot start: 5 problems in its settings.")
                .containsOnlyOnce("Gatewatch cannot start")
                .contains("DISCORD_TOKEN = (a secret, not shown)")
                .contains("DISCORD_RECONNECT_DELAY = \"-5\"")
                .contains("did you mean GUILD_MEMBERS?")
                .contains("DISCORD_SHARD_COUNT=4")
                .contains("QUARKUS_HTTP_PORT = \"http\"")
                .doesNotContain("MTIz")
                .doesNotContain("Exception");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void checksTheSettingsInAFileAsWell(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("bot.properties"), "discord.reconnect-delay=-5\n");

        var outcome = PackagedProgram.run(
                Map.of("QUARKUS_CONFIG_LOCATIONS", file.toUri().toString()));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("Gatewatch cannot start: 1 problem in its settings.")
                .contains("DISCORD_RECONNECT_DELAY = \"-5\"");
    }

    @Test
    void namesTheVariableForAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            var outcome = PackagedProgram.run(Map.of("QUARKUS_HTTP_PORT", port), "serve");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("port " + port + " is in use")
                    .contains("QUARKUS_HTTP_PORT")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void tellsAWrongSettingOfTheFrameworkInOneLine() throws Exception {
        var outcome = PackagedProgram.run(Map.of("QUARKUS_LOG_LEVEL", "verbose", "QUARKUS_HTTP_PORT", "0"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .containsExactly(
                        "Gatewatch cannot start: QUARKUS_LOG_LEVEL = \"verbose\": expected one of OFF, ERROR, WARN,"
                                + " INFO, DEBUG, TRACE, ALL");
    }

    @Test
    void showsTheSimulatorsHelpWhileTheServicesPortIsTaken() throws Exception {
        try (ServerSocket taken = takenPort5000()) {
            var outcome = PackagedProgram.run(Map.of(), "simulate", "--help");

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.out()).startsWith("Usage: gatewatch simulate").doesNotContain("Quarkus");
            assertThat(outcome.err()).isEmpty();
        }
    }

    @Test
    void answersAnUnknownCommandWith2() throws Exception {
        var outcome = PackagedProgram.run(Map.of(), "fly");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("fly");
    }

    /** Port 5000, held by us, or by whoever holds it already. */
    private static ServerSocket takenPort5000() throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(5000));
        } catch (BindException e) {
            return socket;
        }
        return socket;
    }
}
