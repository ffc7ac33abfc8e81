package dev.gatewatch;

final class ShardsBenchmark implements Benchmark {

    @Override
    public String name() {
        return "shards";
    }

    @Override
    public Findings measure(BenchOptions options) throws Exception {
        throw new NotMeasurableException("not there yet");
    }
}
