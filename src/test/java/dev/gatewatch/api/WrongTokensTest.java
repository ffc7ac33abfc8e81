package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WrongTokensTest {

    private long now = 1;
    private final WrongTokens wrong = new WrongTokens(() -> now);

    @Test
    void letsAClientBeWrongTenTimesAMinute() {
        for (int i = 0; i < 10; i++) {
            assertThat(wrong.wrong("10.0.0.1")).isEmpty();
        }

        assertThat(wrong.wrong("10.0.0.1")).contains(Duration.ofMinutes(1));
        assertThat(wrong.wrong("10.0.0.2")).isEmpty();
    }

    @Test
    void letsItTryAgainWhenTheOldestIsAMinuteOld() {
        wrong("10.0.0.1", 10);
        pass(Duration.ofSeconds(59));
        assertThat(wrong.wrong("10.0.0.1")).contains(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(1));

        assertThat(wrong.wrong("10.0.0.1")).isEmpty();
    }

    @Test
    void slowsEveryGuesserDownWhenGuessesComeFromManyAddresses() {
        for (int client = 0; client < 100; client++) {
            wrong("10.0.1." + client, 1);
        }

        assertThat(wrong.wrong("10.9.9.9")).isNotEmpty();
    }

    @Test
    void takesAnIpv6NetworkForOneClient() {
        for (int host = 0; host < 10; host++) {
            wrong("2001:db8:1:2:0:0:0:" + host, 1);
        }

        assertThat(wrong.wrong("2001:db8:1:2:ffff:0:0:1")).isNotEmpty();
        assertThat(wrong.wrong("2001:db8:1:3:0:0:0:1")).isEmpty();
    }

    private void wrong(String client, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(wrong.wrong(client)).isEqualTo(Optional.empty());
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
