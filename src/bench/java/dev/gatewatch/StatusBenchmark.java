package dev.gatewatch;

final class StatusBenchmark implements Benchmark {

    @Override
    public String name() {
        return "status";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        throw new NotMeasurableException("not there yet");
    }
}
