package dev.gatewatch.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamParserTest {

    private static final String STREAM = """
            \uFEFFretry: 2000

            : heartbeat

            event: status
            data: {"status":"connected","name":"Zoë 🚪"}

            id: 01JF
            event: fact
            data: one
            data:two
            data

            data: without a name
            colour: unknown fields are skipped

            event: empty

            id: 01JG
            event: bye
            data: {}

            data: not complete
            """;

    private static final List<ServerEvent> EVENTS = List.of(
            new ServerEvent("", "status", "{\"status\":\"connected\",\"name\":\"Zoë 🚪\"}"),
            new ServerEvent("01JF", "fact", "one\ntwo\n"),
            new ServerEvent("01JF", "message", "without a name"),
            new ServerEvent("01JG", "bye", "{}"));

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void understandsEachKindOfLineEnd(String end) {
        assertThat(parsed(STREAM.replace("\n", end), Integer.MAX_VALUE, new Random(1)))
                .isEqualTo(EVENTS);
    }

    @RepeatedTest(200)
    void doesNotMindWhereTheBytesAreDivided() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String end = List.of("\n", "\r", "\r\n").get(random.nextInt(3));

        assertThat(parsed(STREAM.replace("\n", end), 1 + random.nextInt(12), random))
                .as("seed %d", seed)
                .isEqualTo(EVENTS);
    }

    @Test
    void survivesAnyBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        EventStreamParser parser = new EventStreamParser();
        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            parser.feed(noise, noise.length);
        }
        byte[] bytes = "\n\nevent: status\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);

        assertThat(parser.feed(bytes, bytes.length))
                .as("seed %d", seed)
                .last()
                .satisfies(event -> assertThat(event.name()).isEqualTo("status"))
                .satisfies(event -> assertThat(event.data()).isEqualTo("{}"));
    }

    @Test
    void ignoresAnIdWithANull() {
        byte[] bytes = "id: a\0b\ndata: x\n\n".getBytes(StandardCharsets.UTF_8);

        assertThat(new EventStreamParser().feed(bytes, bytes.length))
                .containsExactly(new ServerEvent("", "message", "x"));
    }

    private static List<ServerEvent> parsed(String stream, int most, Random random) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        EventStreamParser parser = new EventStreamParser();
        List<ServerEvent> events = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(most == Integer.MAX_VALUE ? most : 1 + random.nextInt(most), bytes.length - from);
            events.addAll(parser.feed(Arrays.copyOfRange(bytes, from, from + count), count));
            from += count;
        }
        return events;
    }
}
