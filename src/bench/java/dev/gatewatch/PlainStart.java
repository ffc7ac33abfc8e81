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
 * @param exitCode what it ends with after SIGTERM
 */
record PlainStart(String label, List<String> command, Path files, int exitCode) implements Startable {

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
        OnlyThese.variables(builder, variables);
        long began = System.nanoTime();
        return new Running(label, exitCode, builder.start(), began);
    }

    private record Running(String label, int exitCode, Process process, long began) implements Started {

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            int code = process.waitFor();
            if (code != exitCode) {
                throw new IllegalStateException(label + " ended with exit code " + code + " after SIGTERM");
            }
        }
    }
}
