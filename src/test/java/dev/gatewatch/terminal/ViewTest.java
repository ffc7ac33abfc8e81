package dev.gatewatch.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewTest {

    private static final List<PastEvent> EVENTS = List.of(
            event("4", "resumed", ""),
            event("3", "plan_made", "resume"),
            event("2", "disconnected", "code 4000"),
            event("1", "connected", ""));

    @Test
    void stepsThroughTheFiltersInACircle() {
        View view = View.START;
        for (EventFilter filter : EventFilter.values()) {
            assertThat(view.filter()).isEqualTo(filter);
            view = view.pressed(Key.RIGHT, "", 4);
        }
        assertThat(view).isEqualTo(View.START);
        assertThat(view.pressed(Key.LEFT, "", 4).filter()).isEqualTo(EventFilter.ATTEMPTS);
    }

    @Test
    void showsWhatTheFilterLetsPass() {
        assertThat(kinds(View.START.pressed(Key.RIGHT, "", 4))).containsExactly("disconnected");
        assertThat(kinds(View.START.pressed(Key.RIGHT, "", 4).pressed(Key.RIGHT, "", 4)))
                .containsExactly("resumed", "connected");
    }

    @Test
    void searchesForWhatIsTypedWithoutTakingItForOtherKeys() {
        View typing = View.START.pressed(Key.SEARCH, "/", 4);
        for (String letter : List.of("C", "o", "d", "e", "q")) {
            typing = typing.pressed(letter.equals("q") ? Key.QUIT : Key.OTHER, letter, 4);
        }
        assertThat(typing.words()).isEqualTo("codeq");

        View found = typing.pressed(Key.ERASE, "\177", 4).pressed(Key.ENTER, "\r", 4);
        assertThat(found.typing()).isFalse();
        assertThat(kinds(found)).containsExactly("disconnected");
        assertThat(kinds(found.pressed(Key.ESCAPE, "\033", 1))).hasSize(4);
    }

    @Test
    void scrollsNoFurtherThanThereIsSomething() {
        View end = View.START.pressed(Key.END, "", 4);

        assertThat(end.scroll()).isEqualTo(3);
        assertThat(end.pressed(Key.DOWN, "", 4).scroll()).isEqualTo(3);
        assertThat(end.pressed(Key.PAGE_UP, "", 4).scroll()).isZero();
        assertThat(View.START.pressed(Key.DOWN, "", 0).scroll()).isZero();
    }

    private static List<String> kinds(View view) {
        return view.of(EVENTS).stream().map(PastEvent::kind).toList();
    }

    private static PastEvent event(String id, String kind, String message) {
        return new PastEvent(id, Instant.EPOCH, 0, kind, null, message);
    }
}
