package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatewatch.simulator.Simulator;
import dev.gatewatch.simulator.SimulatorOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code monitor} in a real terminal, as the packaged program, watching the packaged service. */
class MonitorTerminalIT {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String MONITOR = String.join(" ", PackagedProgram.command("monitor"));
    private static final String SEED = "{\"status\":\"connected\",\"connection_attempts\":0,\"uptime_seconds\":3600,"
            + "\"recent_errors\":0,\"guilds\":5,\"users\":1250,\"latency\":45.2,\"timestamp\":\"2025-09-03T09:21:29.123456\"}";

    @TempDir
    private Path directory;

    @Test
    void showsConnectionLossOutageAndHelpAtAnySize() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPort(0));
                RunningService service = RunningService.startAgainst(simulator, Map.of());
                PseudoTerminal terminal = PseudoTerminal.open(110, 30)) {
            service.awaitConnected();
            begin(terminal, "--interval 1s --url " + service.address(""));
            terminal.await("● CONNECTED for ");
            terminal.await("5 guilds, 1,250 users, 0 attempts");
            terminal.await("of 1,000 IDENTIFYs left");
            terminal.await("#0 connected");

            simulator.faults().inject("close", Map.of("code", 4000));
            terminal.await("#0 resumed");
            terminal.await("in 24 h: closed 1; last: ");
            assertThat(terminal.screen()).contains(" · live · heard ");

            terminal.press("Right");
            terminal.await("Events (losses, ");
            terminal.awaitGone("#0 resumed");
            terminal.press("Right");
            terminal.await("#0 resumed");
            terminal.press("/");
            terminal.press("r", "e", "s", "q", "Enter");
            terminal.await("with \"resq\", 0)");
            terminal.press("Escape");
            terminal.await("Events (all, ");

            terminal.press("?");
            terminal.await("ask the server now");
            terminal.press("?");
            terminal.awaitGone("ask the server now");

            terminal.resize(46, 9);
            terminal.await("q quit · ? help · r refresh · ↑/↓ scroll · l");
            assertThat(terminal.screen()).contains("● CONNECTED for ");
            terminal.resize(120, 30);
            terminal.await("left/right filter · / search");
            terminal.await("#0 resumed");

            service.close();
            terminal.await("● UNKNOWN Nobody answers at " + service.address(""));
            terminal.await("last known: connected");
            terminal.await("unknown (was: 5 guilds");
            terminal.await("unreachable 1 time, ");
            terminal.press("q");
            assertLeftAsItWas(terminal, 0);
        }
    }

    @Test
    void leavesTheTerminalAsItWasOnCtrlC() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            begin(terminal, "--url http://127.0.0.1:1");
            terminal.await("UNKNOWN Nobody answers at http://127.0.0.1:1");
            terminal.await("try 4 in ");
            terminal.press("C-c");
            assertLeftAsItWas(terminal, 130);
        }
    }

    @Test
    void leavesTheTerminalAsItWasOnSigterm() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            begin(terminal, "--url http://127.0.0.1:1");
            terminal.await("UNKNOWN Nobody answers");
            ProcessHandle.of(Long.parseLong(terminal.property("#{pane_pid}")))
                    .orElseThrow()
                    .children()
                    .forEach(ProcessHandle::destroy);
            assertLeftAsItWas(terminal, 143);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " exit"})
    void leavesTheTerminalAsItWasWhenItFails(String argument) throws Exception {
        Path classpath = Files.writeString(
                directory.resolve("classpath"), "-cp '%s'".formatted(System.getProperty("java.class.path")));
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            remember(terminal);
            terminal.run(JAVA + " @" + classpath + " dev.gatewatch.terminal.CrashingViewer" + argument + " 2> "
                    + directory + "/err; echo exit $?");
            assertLeftAsItWas(terminal, argument.isEmpty() ? 1 : 7);
        }
    }

    @Test
    void saysThatAnOldServerHasNoStreamNorHistory() throws Exception {
        HttpServer old = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        old.createContext("/", exchange -> {
            boolean known = exchange.getRequestURI().getPath().equals("/discord-status");
            byte[] body = SEED.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 404, known ? body.length : -1);
            if (known) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        old.start();
        try (PseudoTerminal terminal = PseudoTerminal.open(100, 24)) {
            begin(terminal, "--url http://127.0.0.1:" + old.getAddress().getPort());
            terminal.await("CONNECTED for 1 h");
            terminal.await("this server has no event stream, asking every 30 s");
            terminal.await("The server keeps no history.");
            terminal.press("q");
            assertLeftAsItWas(terminal, 0);
        } finally {
            old.stop(0);
        }
    }

    @Test
    void isPlainWithoutColoursAndUtf8WhereThoseAreNotWanted() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            begin(terminal, "--url http://127.0.0.1:1");
            terminal.await("● UNKNOWN");
            assertThat(terminal.colourfulScreen()).contains("\u001B[");
            terminal.press("q");
            terminal.await("exit 0");
            terminal.run("clear; export NO_COLOR=1 LC_ALL=C");
            begin(terminal, "--url http://127.0.0.1:1");
            terminal.await("* UNKNOWN");
            assertThat(terminal.colourfulScreen()).doesNotContain("\u001B[");
            terminal.press("q");
            terminal.await("exit 0");
            terminal.run("clear; export TERM=dumb");
            begin(terminal, "--url http://127.0.0.1:1 --interval 1s");
            terminal.await("2 failures in a row at http://127.0.0.1:1; trying on");
            terminal.press("C-c");
            terminal.await("exit 130");
        }
    }

    private void begin(PseudoTerminal terminal, String arguments) {
        remember(terminal);
        terminal.run(MONITOR + " " + arguments + "; echo exit $?");
    }

    private void remember(PseudoTerminal terminal) {
        terminal.run("stty -g > " + directory + "/before; echo the shell was here");
        terminal.await("the shell was here");
    }

    private void assertLeftAsItWas(PseudoTerminal terminal, int exitCode) throws Exception {
        terminal.await("exit " + exitCode);
        assertThat(terminal.screen()).contains("the shell was here").doesNotContain("q quit");
        assertThat(terminal.property("#{alternate_on} #{cursor_flag} #{keypad_cursor_flag}"))
                .isEqualTo("0 1 0");
        terminal.run("stty -g > " + directory + "/after; echo done $((40 + 2))");
        terminal.await("done 42");
        List<String> before = Files.readAllLines(directory.resolve("before"));
        assertThat(Files.readAllLines(directory.resolve("after")))
                .isEqualTo(before)
                .isNotEmpty();
    }
}
