package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    @Test
    void findsAMistypedName() {
        assertThat(NearestName.to("DISCORD_RECONECT_DELAY", Setting.variables()))
                .contains("DISCORD_RECONNECT_DELAY");
    }

    @Test
    void findsNothingNear() {
        assertThat(NearestName.to("quux", List.of("retry", "restart"))).isEmpty();
    }
}
