package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The list of incidents when it is read anew: its module, as it is, in a real browser, with a history that the test tells. */
@Tag("browser")
class IncidentsIT {

    private static final String REFRESH = """
        async () => {
          document.body.innerHTML = '<section id="incidents"><p class="card-head"><span class="age"></span></p>'
            + '<div id="incidents-controls"></div><ol id="incidents-list"></ol><div id="incidents-pager"></div></section>';
          const begin = Date.parse('2026-11-01T00:00:00Z');
          const incident = (number, open) => ({
            id: `I${number}`, shard: 0, start: new Date(begin + number * 60_000).toISOString(), end: null, open,
            duration_seconds: 5, cause: 'reset', message: 'Reset', close_codes: [], attempts: 1, recovered_by: 'resume',
            verdict: { blame: 'network', confidence: 'high', evidence: [] },
          });
          const all = Array.from({ length: 40 }, (_, i) => incident(i, i === 15)).reverse();
          window.fetch = async (path) => {
            const asked = new URL(path, location.href);
            const from = Number(asked.searchParams.get('cursor') ?? 0);
            const to = from + Number(asked.searchParams.get('limit'));
            const page = { items: all.slice(from, to), next: to < all.length ? String(to) : null };
            return new Response(JSON.stringify(page), { headers: { 'Content-Type': 'application/json' } });
          };
          const { Incidents } = await import('/incidents.js');
          const incidents = new Incidents();
          const shown = () => [...document.querySelectorAll('#incidents-list li')];
          const wait = async (condition) => {
            const end = performance.now() + 30_000;
            while (!condition() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
          };
          await incidents.section.refresh();
          document.querySelector('#incidents-pager button').click();
          await wait(() => shown().length === 30);
          const before = shown().map((node) => node.dataset.id);
          const openBefore = shown().find((node) => node.dataset.id === 'I15').dataset.open;
          all.unshift(incident(40, true));
          Object.assign(all.find(({ id }) => id === 'I15'), { open: false, end: '2026-11-02T00:00:00Z' });
          await incidents.section.refresh();
          const after = shown().map((node) => node.dataset.id);
          const openAfter = shown().find((node) => node.dataset.id === 'I15').dataset.open;
          return [before.length, after.length, after[0], openBefore, openAfter, new Set(after).size];
        }\
        """;

    @Test
    void olderIncidentsStayAndOneThatEndedMeanwhileIsShownSo() {
        try (ModulePage modules = ModulePage.open()) {
            assertThat(modules.page().evaluate(REFRESH)).isEqualTo(List.of(30, 31, "I40", "true", "false", 31));
        }
    }
}
