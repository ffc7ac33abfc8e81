package dev.gatewatch;

final class SoakBenchmark implements Benchmark {

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        throw new NotMeasurableException("not there yet");
    }
}
