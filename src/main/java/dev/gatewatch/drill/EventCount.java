package dev.gatewatch.drill;

import dev.gatewatch.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;

/** The numbered events of one run: which of them got lost, and which were sent again for no reason. */
final class EventCount {

    private final Simulator simulator;
    private final List<Long> emitted = new ArrayList<>();
    private int confirmed;

    EventCount(Simulator simulator) {
        this.simulator = simulator;
    }

    void emit(int count) {
        long last = simulator.emit(count);
        for (long event = last - count + 1; event <= last; event++) {
            emitted.add(event);
        }
    }

    /** The client has said of all events so far that it received them; or it has not. */
    void confirmed(boolean said) {
        confirmed = said ? emitted.size() : 0;
    }

    /** Events that never left on any connection: they happened while there was no session. */
    int lost() {
        return (int) emitted.stream()
                .filter(event -> simulator.deliveries().of(event).isEmpty())
                .count();
    }

    /** Confirmed events that were sent once more. */
    int duplicated() {
        return (int) emitted.stream()
                .limit(confirmed)
                .filter(event -> simulator.deliveries().of(event).size() > 1)
                .count();
    }
}
