package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WrongTokensTest {

    private long now = 1;
    private final WrongTokens wrong = new WrongTokens(() -> now);

    @Test
    void letsAClientBeWrongTenTimesAMinute() {
        wrong("10.0.0.1", 9);
        assertThat(wrong.wait("10.0.0.1")).isEmpty();

        wrong("10.0.0.1", 1);

        assertThat(wrong.wait("10.0.0.1")).contains(Duration.ofMinutes(1));
        assertThat(wrong.wait("10.0.0.2")).isEmpty();
    }

    @Test
    void letsItTryAgainWhenTheOldestIsAMinuteOld() {
        wrong("10.0.0.1", 10);
        pass(Duration.ofSeconds(59));
        assertThat(wrong.wait("10.0.0.1")).contains(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(1));

        assertThat(wrong.wait("10.0.0.1")).isEmpty();
    }

    @Test
    void stopsEverybodyWhenGuessesComeFromManyAddresses() {
        for (int client = 0; client < 100; client++) {
            wrong("10.0.1." + client, 1);
        }

        assertThat(wrong.wait("10.9.9.9")).isNotEmpty();
    }

    @Test
    void doesNotLockOutWhoHasShownTheRightToken() {
        wrong.right("192.0.2.7");
        for (int client = 0; client < 100; client++) {
            wrong("10.0.1." + client, 1);
        }

        assertThat(wrong.wait("192.0.2.7")).isEmpty();
        wrong("192.0.2.7", 10);
        assertThat(wrong.wait("192.0.2.7")).isNotEmpty();
    }

    @Test
    void takesAnIpv6NetworkForOneClient() {
        for (int host = 0; host < 10; host++) {
            wrong("2001:db8:1:2:0:0:0:" + host, 1);
        }

        assertThat(wrong.wait("2001:db8:1:2:ffff:0:0:1")).isNotEmpty();
        assertThat(wrong.wait("2001:db8:1:3:0:0:0:1")).isEmpty();
    }

    private void wrong(String client, int times) {
        for (int i = 0; i < times; i++) {
            wrong.wrong(client);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
