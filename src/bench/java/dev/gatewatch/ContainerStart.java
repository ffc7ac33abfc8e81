package dev.gatewatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An image, as hardened as {@code .ci/images} runs it, on the machine's network. What counts is from when its container, made before, runs the
 * program: what podman needs to make one is not the program's.
 *
 * @param memory its limit, as podman has it
 */
record ContainerStart(String label, String image, String memory) implements Startable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Whether podman is there and has the image. */
    boolean isThere() throws InterruptedException {
        try {
            return command("image", "exists", image).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public long size() throws IOException, InterruptedException {
        return Long.parseLong(podman("image", "inspect", image, "--format", "{{.Size}}"));
    }

    @Override
    public Started start(Map<String, String> variables) throws IOException, InterruptedException {
        List<String> create = new ArrayList<>(List.of("create", "--network", "host", "--no-healthcheck"));
        create.addAll(List.of("--read-only", "--read-only-tmpfs=false", "--tmpfs", "/tmp:rw,noexec,size=16m"));
        create.addAll(List.of("--cap-drop=ALL", "--security-opt=no-new-privileges", "--memory", memory));
        variables.forEach((name, value) -> {
            if (!name.equals("GATEWATCH_DATA_DIR")) { // it has a volume of its own
                create.addAll(List.of("-e", name + "=" + value));
            }
        });
        create.add(image);
        String container = podman(create.toArray(String[]::new));
        podman("init", container);
        long pid = Long.parseLong(podman("inspect", container, "--format", "{{.State.Pid}}"));
        Path executable = Path.of("/proc", Long.toString(pid), "exe");
        Path runtime = Files.readSymbolicLink(executable);
        Process starting = command("start", container).start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Files.readSymbolicLink(executable).equals(runtime)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(image + " did not run its program within " + PATIENCE);
            }
            Thread.sleep(1);
        }
        return new Running(container, pid, System.nanoTime(), starting);
    }

    private static ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    private static String podman(String... arguments) throws IOException, InterruptedException {
        Path error = Files.createTempFile("podman", ".err");
        try {
            Process process = command(arguments)
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .redirectError(error.toFile())
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException("podman " + String.join(" ", arguments) + ": " + Files.readString(error));
            }
            return answer;
        } finally {
            Files.deleteIfExists(error);
        }
    }

    private record Running(String container, long pid, long began, Process starting) implements Started {

        @Override
        public void close() throws IOException, InterruptedException {
            starting.waitFor();
            podman("stop", "-t", "60", container);
            String code = podman("inspect", container, "--format", "{{.State.ExitCode}}");
            podman("rm", "-v", container);
            if (!code.equals("0")) {
                throw new IllegalStateException("a container ended with exit code " + code + " after SIGTERM");
            }
        }
    }
}
