package dev.gatewatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stretch of the README between two markers, which a program writes. */
record ReadmeSection(String begin, String end) {

    private static final Path README = Path.of("README.md");

    static ReadmeSection of(String name) {
        return new ReadmeSection("<!-- " + name + ":begin -->\n", "<!-- " + name + ":end -->");
    }

    void replace(String text) throws IOException {
        String readme = Files.readString(README);
        int from = readme.indexOf(begin);
        int to = readme.indexOf(end, from);
        if (from < 0 || to < 0) {
            throw new IllegalStateException("README.md lacks the markers " + begin.strip() + " and " + end);
        }
        Files.writeString(README, readme.substring(0, from) + begin + text + readme.substring(to));
    }
}
