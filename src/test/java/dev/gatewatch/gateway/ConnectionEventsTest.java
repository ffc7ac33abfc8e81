package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.ConnectionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Every reader gets every fact in the same order, whatever another reader does with it. */
class ConnectionEventsTest {

    private final ConnectionEvents events = new ConnectionEvents();
    private final List<Integer> read = new ArrayList<>();

    @Test
    void aReaderThatThrowsGetsTheNextFact() {
        events.read("test", event -> {
            read.add(event.shard());
            throw new IllegalStateException("a reader's defect");
        });

        publish(1, 2);

        assertThat(read).containsExactly(1, 2);
        assertThat(events.failures().count()).isEqualTo(2);
    }

    @Test
    void anErrorInOneReaderKeepsNoFactFromTheOthers() {
        events.read("test", event -> {
            throw new NoClassDefFoundError("a reader's defect");
        });
        events.read("other", event -> read.add(event.shard()));

        publish(1, 2);

        assertThat(read).containsExactly(1, 2);
    }

    /** Reactor throws such an Error through the pipeline to whoever publishes. */
    @Test
    void anErrorInAPipelineLeavesTheHubOpen() {
        events.stream().subscribe(event -> {
            throw new NoClassDefFoundError("a reader's defect");
        });
        events.stream().subscribe(event -> read.add(event.shard()));

        publish(1, 2);

        assertThat(read).containsExactly(1, 2);
        assertThat(events.failures().count()).isPositive();
    }

    @Test
    void whatAReaderPublishesComesAfterWhatItReads() {
        events.read("test", event -> {
            if (event.shard() == 1) {
                publish(3);
            }
        });
        events.read("other", event -> read.add(event.shard()));

        publish(1, 2);

        assertThat(read).containsExactly(1, 3, 2);
    }

    @Test
    void aReaderThatIsDisposedGetsNothingMore() {
        Disposable reader = events.read("test", event -> read.add(event.shard()));
        Disposable pipeline = events.stream().subscribe(event -> read.add(-event.shard()));
        publish(1);

        reader.dispose();
        pipeline.dispose();
        publish(2);

        assertThat(read).containsExactly(1, -1);
    }

    private void publish(int... shards) {
        for (int shard : shards) {
            events.publish(new ConnectionEvent.Started(shard, Instant.EPOCH));
        }
    }
}
