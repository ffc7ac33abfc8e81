package dev.gatewatch.gateway;

import discord4j.gateway.payload.PayloadReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Prints what reading dispatches costs beside Discord4J's own reader; run on purpose: {@code ./mvnw test -Dtest=ReadingBenchmark -Dbenchmark}. */
@EnabledIfSystemProperty(named = "benchmark", matches = ".*")
@SuppressWarnings("SystemOut") // printing is what it is for
class ReadingBenchmark {

    private final Readers readers = new Readers();

    @Test
    void printsTimes() {
        System.out.println(
                "| payload | bytes | Gatewatch, nobody listens | Discord4J | ratio | garbage: Gatewatch | Discord4J |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        compare("GUILD_CREATE", RealisticPayloads.guild(1, 1), 200);
        compare("TYPING_START", RealisticPayloads.typing(1), 20_000);
    }

    private void compare(String name, byte[] payload, int batch) {
        List<Double> ourTimes = new ArrayList<>();
        List<Double> theirTimes = new ArrayList<>();
        for (int round = 0; round < 25; round++) { // the first ones warm up
            ourTimes.add(micros(readers.ours, payload, batch));
            theirTimes.add(micros(readers.stock, payload, batch));
        }
        double ourMedian = median(ourTimes.subList(10, 25));
        double theirMedian = median(theirTimes.subList(10, 25));
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.1f µs | %.1f µs | %.1f | %,d B | %,d B |%n",
                name,
                payload.length,
                ourMedian,
                theirMedian,
                theirMedian / ourMedian,
                Readers.allocated(() -> Readers.read(readers.ours, payload)),
                Readers.allocated(() -> Readers.read(readers.stock, payload)));
    }

    private static double micros(PayloadReader reader, byte[] payload, int batch) {
        long begin = System.nanoTime();
        for (int i = 0; i < batch; i++) {
            Readers.read(reader, payload);
        }
        return (System.nanoTime() - begin) / 1e3 / batch;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
