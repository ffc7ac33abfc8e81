package dev.gatewatch.gateway;

import discord4j.gateway.json.GatewayPayload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading one payload, to which nobody listens: ours and Discord4J's own. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class ReadingCost {

    /** Which payload. */
    @Param({"GUILD_CREATE", "MESSAGE_CREATE", "TYPING_START"})
    public String payload = "";

    private final Readers readers = new Readers();
    private byte[] bytes = {};

    /** Makes the payload. */
    @Setup
    public void prepare() {
        bytes = switch (payload) {
            case "GUILD_CREATE" -> RealisticPayloads.guild(1, 1);
            case "MESSAGE_CREATE" -> RealisticPayloads.message(1);
            default -> RealisticPayloads.typing(1);
        };
    }

    /** Ours. */
    @Benchmark
    public GatewayPayload<?> gatewatch() {
        return Readers.read(readers.ours, bytes);
    }

    /** Discord4J's. */
    @Benchmark
    public GatewayPayload<?> discord4j() {
        return Readers.read(readers.stock, bytes);
    }
}
