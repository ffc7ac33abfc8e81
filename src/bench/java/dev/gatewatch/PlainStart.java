package dev.gatewatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program of this machine.
 *
 * @param files a file or a directory: what is shipped
 */
record PlainStart(String label, List<String> command, Path files) implements Startable {

    @Override
    public long size() throws IOException {
        try (Stream<Path> all = Files.walk(files)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Override
    public Started start(Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.matches("(DISCORD|GATEWATCH|QUARKUS)_.*"));
        builder.environment().putAll(variables);
        long began = System.nanoTime();
        return new Running(label, builder.start(), began);
    }

    private record Running(String label, Process process, long began) implements Started {

        /** SIGTERM, to a JVM. */
        private static final int TERMINATED = 128 + 15;

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            int code = process.waitFor();
            if (code != 0 && code != TERMINATED) {
                throw new IllegalStateException(label + " ended with exit code " + code + " after SIGTERM");
            }
        }
    }
}
