package dev.gatewatch.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which encoding a locale asks for. */
class StageTest {

    @Test
    void theFirstVariableThatIsSetDecides() {
        assertThat(Stage.encoding(Map.of("LC_ALL", "C", "LANG", "C.UTF-8"))).isEqualTo("US-ASCII");
        assertThat(Stage.encoding(Map.of("LC_ALL", "", "LC_CTYPE", "de_DE.ISO-8859-1@euro", "LANG", "C.UTF-8")))
                .isEqualTo("ISO-8859-1");
        assertThat(Stage.encoding(Map.of("LANG", "en_US.utf8"))).isEqualTo("utf8");
        assertThat(Stage.encoding(Map.of())).isEqualTo("US-ASCII");
    }
}
