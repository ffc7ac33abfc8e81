package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A fleet in virtual time, over a disk that does not answer. */
class FleetTest {

    private static final Failure REASON = Failure.of(Failure.Kind.OPERATOR, "another takes its place");

    @TempDir
    Path directory;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SlowDisk disk = new SlowDisk();

    @AfterEach
    void close() {
        disk.close();
    }

    @Test
    void itsEndDoesNotWaitForADiskThatHangs() {
        AtomicBoolean successorStarts = new AtomicBoolean();
        Mono<Void> end = fleet().giveWay(REASON);

        end.then(Mono.fromRunnable(() -> successorStarts.set(true))).subscribe();
        time.advanceTimeBy(Fleet.WRITE_PATIENCE.minusMillis(1));
        assertThat(successorStarts).isFalse();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(successorStarts).isTrue();
    }

    @Test
    void anOperatorsStopDoesNotWaitForADiskThatHangs() {
        AtomicBoolean stopped = new AtomicBoolean();
        fleet().halt(REASON).doOnSuccess(nothing -> stopped.set(true)).subscribe();

        time.advanceTimeBy(Fleet.WRITE_PATIENCE);

        assertThat(stopped).isTrue();
    }

    @Test
    void hasEndedOnceItGaveWay() {
        Fleet fleet = fleet();
        assertThat(fleet.hasEnded()).isFalse();

        fleet.giveWay(REASON).subscribe();
        time.advanceTime();

        assertThat(fleet.hasEnded()).isTrue();
    }

    private Fleet fleet() {
        GatewayConfig config = TestConfig.with(Map.of("discord.shard-count", "1"));
        ConnectionEvents events = new ConnectionEvents();
        FleetContext context = FleetContext.of(
                config,
                new StateFiles(directory, disk.scheduler()),
                events,
                new ShardRoster(events, () -> Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS))),
                Traffic.UNMEASURED,
                (shard, dispatch) -> {},
                time);
        BotToken token = BotToken.of("MTIzNDU2Nzg5MDEyMzQ1Njc4.Gatewa.tch");
        return new Fleet(context, token, OptionalInt.empty(), new RestartBrake(List.of()), (fleet, count) -> {});
    }
}
