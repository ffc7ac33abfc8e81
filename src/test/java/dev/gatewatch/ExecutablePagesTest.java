package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.ExecutablePages.Mapping;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ExecutablePagesTest {

    @Test
    void onlyWhatCannotBeLostIsGivenBack() throws IOException {
        String code = mapping("00401000-02a01000 r-xp 00001000 fe:00 1234", "/app/gatewatch", 0);
        String constants = mapping("7f0000000000-7f0000800000 r--p 02a01000 fe:00 1234", "/app/gatewatch", 0);
        String relocated = mapping("02b00000-02b10000 r--p 02b00000 fe:00 1234", "/app/gatewatch", 64);
        String heap = mapping("02c00000-02d00000 rw-p 02c00000 fe:00 1234", "/app/gatewatch", 0);
        String shared = mapping("02d00000-02e00000 r--s 02c00000 fe:00 1234", "/app/gatewatch", 0);
        String library = mapping("7f1000000000-7f1000100000 r-xp 00000000 fe:00 99", "/lib/libc.so.6", 0);
        String nameless = mapping("7f2000000000-7f2000100000 r--p 00000000 00:00 0", "", 0);
        String mappings = code + relocated + heap + shared + constants + library + nameless;

        assertThat(ExecutablePages.unchanged(new BufferedReader(new StringReader(mappings)), "/app/gatewatch"))
                .containsExactly(new Mapping(0x401000, 0x2a01000), new Mapping(0x7f0000000000L, 0x7f0000800000L));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theKernelWritesItLikeThat() throws IOException {
        String java = Path.of("/proc/self/exe").toRealPath().toString();
        try (BufferedReader smaps = Files.newBufferedReader(Path.of("/proc/self/smaps"))) {
            assertThat(ExecutablePages.unchanged(smaps, java)).isNotEmpty();
        }
    }

    private static String mapping(String addresses, String file, int ownKiB) {
        return """
                %s %s
                Size:              39936 kB
                KernelPageSize:        4 kB
                Rss:               25600 kB
                Private_Clean:     25600 kB
                Anonymous:      %8d kB
                LazyFree:              0 kB
                VmFlags: rd ex mr mw me sd
                """.formatted(addresses + " ".repeat(20), file, ownKiB);
    }
}
