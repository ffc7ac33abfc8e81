package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteJDBCLoader;

/** What the images are made of; that they can be built and run is shown by {@code .ci/images}. */
class ImagesTest {

    private static final Pattern VERSION = Pattern.compile("version=\"\\$\\((sed .* pom\\.xml)\\)\"");

    /** Maven's cache may hold newer drivers, of other builds, whose library does not fit this one's classes. */
    @Test
    void theNativeImageTakesTheLibraryOfTheSqliteDriverThatIsPinned() throws Exception {
        Matcher command = VERSION.matcher(Files.readString(Path.of("docker", "Dockerfile.native")));
        assertThat(command.find()).isTrue();

        Process shell = new ProcessBuilder("sh", "-c", command.group(1)).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines(SQLiteJDBCLoader.getVersion());
    }
}
