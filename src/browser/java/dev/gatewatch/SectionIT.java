package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a part of the page asks the history: its module, as it is, in a real browser. */
@Tag("browser")
class SectionIT {

    private static final String EDGE = """
            async () => {
              document.body.innerHTML = '<section id="part"><p class="card-head"><span class="age"></span></p></section>';
              const { Section } = await import('/section.js');
              const shown = [];
              let stored = false;
              const section = new Section('part', async () => stored, (answer) => shown.push(answer), 3_600_000);
              const ticking = setInterval(() => section.tick(), 20);
              const answers = async (count) => {
                const end = performance.now() + 30_000;
                while (shown.length < count && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
              };
              await answers(1);
              section.soon(50);
              await answers(2);
              stored = true;
              await answers(3);
              clearInterval(ticking);
              return shown;
            }""";

    @Test
    void asksOnceMoreAfterAnEdgeForWhatWasNotStoredYet() {
        try (ModulePage modules = ModulePage.open()) {
            assertThat(modules.page().evaluate(EDGE)).isEqualTo(List.of(false, false, true));
        }
    }
}
