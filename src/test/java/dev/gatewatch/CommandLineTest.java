package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "serve --help",
                "demo --help",
                "simulate --help",
                "drill --help",
                "monitor --help",
                "check --help"
            })
    void showsHelp(String arguments) {
        assertThat(run(arguments)).isZero();
        assertThat(out.toString()).startsWith("Usage: gatewatch").contains("--version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "serve --version",
                "demo --version",
                "simulate --version",
                "drill --version",
                "monitor --version",
                "check --version"
            })
    void showsTheVersion(String arguments) {
        assertThat(run(arguments)).isZero();
        assertThat(out.toString()).matches("gatewatch \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fly",
                "serve now",
                "--port 1",
                "demo --scenario wild",
                "demo --port -1",
                "simulate --port 65536",
                "simulate --port http",
                "simulate --guilds many",
                "simulate --guilds -1",
                "simulate --members -1",
                "simulate --heartbeat-interval 0",
                "simulate --heartbeat-interval soon",
                "drill --runs 0",
                "drill --wait --fault earthquake",
                "drill --json --markdown",
                "drill --settle never",
            })
    void answersWrongUsageWith2(String arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    /** As monitoring plugins do: their 2 is a service that is down, and a container's health check takes it for an answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "monitor --interval 999ms",
                "monitor --url localhost:5000",
                "check --timeout soon",
                "check --url http://me:secret@localhost",
                "check --loudly",
            })
    void answersWrongUsageOfWhatJudgesAServiceWith3(String arguments) {
        assertThat(run(arguments)).isEqualTo(3);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void repeatsNoPasswordOfAnAddress() {
        run("check --url http://me:secret@localhost");

        assertThat(err.toString()).contains("--token").doesNotContain("secret");
    }

    @Test
    void namesTheScenariosThereAre() {
        run("demo --scenario wild");

        assertThat(err.toString()).contains("CALM, GENTLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulate", "demo", "drill"})
    void saysWhenThePortThatWasAskedForIsTaken(String command) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run(command + " --port " + taken.getLocalPort())).isEqualTo(1);
            assertThat(err.toString())
                    .contains("port " + taken.getLocalPort() + " is in use")
                    .contains("--port");
        }
    }

    private int run(String arguments) {
        return Gatewatch.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.split(" "));
    }
}
