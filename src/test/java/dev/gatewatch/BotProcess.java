package dev.gatewatch;

import dev.gatewatch.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A bot in a process of its own, until closed: stock Discord4J, or any other program. */
final class BotProcess implements AutoCloseable {

    private final Process process;
    private final Path log;

    private BotProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Stock Discord4J 3.3.2 against a simulator. */
    static BotProcess stock(Simulator simulator) throws IOException {
        return stock(simulator.apiBaseUrl().toString(), simulator.token());
    }

    static BotProcess stock(String apiBaseUrl, String token) throws IOException {
        return start(
                Map.of(),
                List.of(
                        java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StockBot.class.getName(),
                        apiBaseUrl,
                        token));
    }

    static BotProcess start(Map<String, String> variables, List<String> command) throws IOException {
        Path log = Files.createTempFile("bot", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        OnlyThese.variables(builder, variables);
        return new BotProcess(builder.start(), log);
    }

    /** Its process id. */
    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Everything it has printed. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        Files.deleteIfExists(log);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
