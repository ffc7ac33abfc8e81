package dev.gatewatch.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.simulator.Journal.Entry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationTest {

    private static final long VICTIM = 1;
    private static final long NEXT = 2;

    private final Observation observation = new Observation(VICTIM);
    private long entries;

    @Test
    void detectsTheClientsOwnClose() {
        see("server-closed", VICTIM);
        Entry left = see("disconnected", VICTIM);
        see("connected", NEXT);

        assertThat(observation.left()).isEqualTo(left);
    }

    @Test
    void takesTheNextConnectionForTheSignWhereTheServerEndedTheLast() {
        see("server-reset", VICTIM);
        see("disconnected", VICTIM);
        Entry next = see("connected", NEXT);

        assertThat(observation.left()).isEqualTo(next);
        assertThat(observation.victimEnded()).isTrue();
    }

    @Test
    void isBackWithReadyOrResumed() {
        see("connected", NEXT);
        assertThat(observation.back()).isNull();

        Entry resumed = see("resumed", NEXT);
        assertThat(observation.back()).isEqualTo(resumed);
    }

    @Test
    void isNotBackOnAConnectionThatEndedAgain() {
        see("ready", NEXT);
        see("server-reset", NEXT);

        assertThat(observation.back()).isNull();
    }

    @Test
    void isBackOnTheSameConnectionWhereAnInvalidSessionWasIdentifiedAnew() {
        see("invalid-session", VICTIM);
        Entry ready = see("ready", VICTIM);

        assertThat(observation.back()).isEqualTo(ready);
        assertThat(observation.victimEnded()).isFalse();
    }

    private Entry see(String event, long connection) {
        Entry entry = new Entry(++entries, 0, entries, event, connection, 0, null, Map.of());
        observation.see(entry);
        return entry;
    }
}
