package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How often an answer is written, however often it is asked for. */
class FoldedAnswerTest {

    private final AtomicReference<String> basis = new AtomicReference<>("connected");
    private final AtomicInteger writings = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final FoldedAnswer answer = new FoldedAnswer(
            basis::get, () -> new AnswerBody(200, basis.get() + " " + writings.incrementAndGet()), nanos::get);

    @Test
    void isWrittenOnceForAllWhoAskWhileItIsFresh() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(answer.get().json()).isEqualTo("connected 1");
        }
    }

    @Test
    void isWrittenAnewAtOnceWhenWhatItTellsHasChanged() {
        answer.get();
        basis.set("stopped");

        assertThat(answer.get().json()).isEqualTo("stopped 2");
    }

    @Test
    void isWrittenAnewWhenItIsNoLongerFresh() {
        answer.get();
        nanos.addAndGet(FoldedAnswer.FRESH.toNanos() - 1);
        assertThat(answer.get().json()).isEqualTo("connected 1");

        nanos.incrementAndGet();
        assertThat(answer.get().json()).isEqualTo("connected 2");
    }
}
