package dev.gatewatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One part of the benchmarks. */
interface Benchmark {

    /** What {@code -Dbench=…} calls it, and the README's markers. */
    String name();

    /**
     * Measures.
     *
     * @throws NotMeasurableException when what it needs is not on this machine
     */
    Findings measure(BenchOptions options) throws Exception;

    /** What it needs is not here; the message says what. */
    final class NotMeasurableException extends Exception {

        private static final long serialVersionUID = 1L;

        NotMeasurableException(String message) {
            super(message);
        }
    }

    /** All of them in turn, each round beginning with another one; any number is a round's. */
    static <T> List<T> turns(List<T> all, int round) {
        List<T> turns = new ArrayList<>(all);
        Collections.rotate(turns, -round);
        return turns;
    }
}
