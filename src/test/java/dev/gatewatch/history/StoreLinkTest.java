package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.SetClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreLinkTest {

    @Test
    void waitsAsLongAfterAFailureHoweverTheClockIsSet() {
        SetClock time = new SetClock();
        StoreLink link = new StoreLink(new Nowhere(), time);
        link.failed(new HistoryUnavailableException("away"));
        assertThat(link.waitMillis()).isEqualTo(500);

        time.set(Duration.ofDays(-1));
        time.pass(Duration.ofMillis(400));
        assertThat(link.waitMillis()).isEqualTo(100);

        time.set(Duration.ofDays(2));
        assertThat(link.waitMillis()).isEqualTo(100);
    }

    private static final class Nowhere implements Database {

        @Override
        public HistoryStore open() {
            throw new HistoryUnavailableException("away");
        }

        @Override
        public String name() {
            return "nowhere";
        }

        @Override
        public void close() {}
    }
}
