package dev.gatewatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A bot that is measured: ours, or a library of others' as it comes. Each runs in a process of its own. */
enum Contender {
    GATEWATCH("Gatewatch") {
        @Override
        List<String> command(Discord discord, List<String> jvm) {
            List<String> command = PackagedProgram.command();
            command.addAll(
                    command.indexOf("-jar") > 0 ? 1 : command.size(), command.indexOf("-jar") > 0 ? jvm : List.of());
            return command;
        }
    },
    /** The executable, whatever was packaged last. */
    GATEWATCH_NATIVE("Gatewatch, native") {
        @Override
        List<String> command(Discord discord, List<String> jvm) {
            return List.of(executables().get(0).toString());
        }

        @Override
        Optional<String> hindrance() {
            return executables().isEmpty()
                    ? Optional.of("No executable was built: ./mvnw package -Dnative, or .ci/native.")
                    : Optional.empty();
        }
    },
    DISCORD4J("Discord4J 3.3.2") {
        @Override
        List<String> command(Discord discord, List<String> jvm) {
            return java(jvm, StockBot.class, discord.api().toString(), discord.token());
        }
    },
    JDA("JDA 6.5.0") {
        @Override
        List<String> command(Discord discord, List<String> jvm) {
            return java(
                    jvm,
                    JdaBot.class,
                    discord.api().toString(),
                    discord.token(),
                    discord.gateway().toString());
        }
    },
    DISCORD_JS("discord.js 14.22.1") {
        @Override
        List<String> command(Discord discord, List<String> jvm) {
            return List.of("node", DISCORD_JS_HOME.resolve("bot.mjs").toString());
        }

        @Override
        Optional<String> hindrance() {
            return installDiscordJs();
        }
    };

    private static final Path DISCORD_JS_HOME = Path.of("target", "bench", "discordjs");

    final String label;

    Contender(String label) {
        this.label = label;
    }

    /** Where a bot finds its Discord. */
    record Discord(URI api, URI gateway, String token) {}

    abstract List<String> command(Discord discord, List<String> jvm);

    /** Starts it; on Linux it may be bound to one processor. */
    BotProcess start(Discord discord, List<String> jvm, @Nullable Integer cpu, Map<String, String> more)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (cpu != null) {
            command.addAll(List.of("taskset", "-c", cpu.toString()));
        }
        command.addAll(command(discord, jvm));
        Map<String, String> variables = new java.util.HashMap<>(Map.of(
                "DISCORD_TOKEN", discord.token(),
                "DISCORD_API_BASE_URL", discord.api().toString(),
                "GATEWATCH_DATA_DIR", Files.createTempDirectory("gatewatch").toString(),
                "QUARKUS_HTTP_PORT", "0"));
        variables.putAll(more);
        return BotProcess.start(variables, command);
    }

    /** Why it cannot be run here; empty when it can. Installs what it needs the first time. */
    Optional<String> hindrance() {
        return Optional.empty();
    }

    /** Whether the bot of this label is ours. */
    static boolean isOurs(String label) {
        return Stream.of(GATEWATCH, GATEWATCH_NATIVE).anyMatch(ours -> ours.label.equals(label));
    }

    /** The native executables that were built. */
    static List<Path> executables() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith("-runner")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> installDiscordJs() {
        try {
            Files.createDirectories(DISCORD_JS_HOME);
            for (String file : List.of("bot.mjs", "package.json", "package-lock.json")) {
                Files.copy(
                        Path.of("src", "bench", "discordjs", file),
                        DISCORD_JS_HOME.resolve(file),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            if (Files.isDirectory(DISCORD_JS_HOME.resolve("node_modules").resolve("discord.js"))) {
                return Optional.empty();
            }
            Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                    .directory(DISCORD_JS_HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(DISCORD_JS_HOME.resolve("npm.log").toFile())
                    .start();
            return npm.waitFor() == 0
                    ? Optional.empty()
                    : Optional.of("npm ci failed, see " + DISCORD_JS_HOME.resolve("npm.log"));
        } catch (IOException e) {
            return Optional.of("Node.js is not there: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static List<String> java(List<String> jvm, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
