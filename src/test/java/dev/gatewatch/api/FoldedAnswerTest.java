package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How often an answer is written, however often it is asked for. */
class FoldedAnswerTest {

    private final AtomicReference<String> basis = new AtomicReference<>("connected");
    private final AtomicInteger writings = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final FoldedAnswer<AnswerBody> answer = new FoldedAnswer<>(
            basis::get,
            () -> new AnswerBody(200, basis.get() + " " + writings.incrementAndGet()),
            written -> true,
            nanos::get);

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

    /** Probes are checked on other threads: who asks meanwhile must not have to wait for what was true a moment ago. */
    @Test
    void theLastIsGivenWhileTheNextIsWrittenAheadOfTime() {
        Deque<CompletableFuture<String>> asked = new ArrayDeque<>();
        FoldedAnswer<CompletableFuture<String>> later = new FoldedAnswer<>(
                basis::get,
                () -> {
                    asked.add(new CompletableFuture<>());
                    return asked.getLast();
                },
                CompletableFuture::isDone,
                nanos::get);
        assertThat(later.finished()).isNull();
        asked.getLast().complete("first");
        assertThat(later.finished()).isCompletedWithValue("first");

        nanos.addAndGet(FoldedAnswer.FRESH.toNanos() / 2);
        assertThat(later.finished()).isCompletedWithValue("first");
        assertThat(later.finished()).isCompletedWithValue("first");
        assertThat(asked).hasSize(2);
        asked.getLast().complete("second");
        assertThat(later.finished()).isCompletedWithValue("second");
        assertThat(later.get()).isCompletedWithValue("second");

        nanos.addAndGet(FoldedAnswer.LATE.toNanos() - 1);
        assertThat(later.finished()).isCompletedWithValue("second");
        assertThat(asked).as("one is written at a time").hasSize(3);
        nanos.incrementAndGet();
        assertThat(later.finished())
                .as("it is too old, and the next is not finished")
                .isNull();
        asked.getLast().complete("third");
        assertThat(later.finished()).isCompletedWithValue("third");

        basis.set("stopped");
        assertThat(later.finished()).as("the last is no longer true").isNull();
    }
}
