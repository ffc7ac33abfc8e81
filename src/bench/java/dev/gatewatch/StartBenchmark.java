package dev.gatewatch;

final class StartBenchmark implements Benchmark {

    @Override
    public String name() {
        return "start";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        throw new NotMeasurableException("not there yet");
    }
}
