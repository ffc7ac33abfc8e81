package dev.gatewatch;

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
}
