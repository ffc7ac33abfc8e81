package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import dev.gatewatch.connection.Failure.Kind;
import dev.gatewatch.connection.Recovery;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** A Discord in virtual time that fails at random, in every way a supervisor can meet, and knows which sessions it would resume. */
final class UnreliableDiscord implements Wire {

    private static final int[] CODES = {1000, 1001, 1006, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009, 4999};

    private final Scheduler time;
    private final Random random;
    private final Map<Integer, String> alive = new HashMap<>();
    private int sessions;
    private long outageUntil;
    int opened;

    UnreliableDiscord(Scheduler time, Random random) {
        this.time = time;
        this.random = random;
        time.schedulePeriodically(this::maybeOutage, 1, 1, TimeUnit.HOURS);
    }

    /** Whether a RESUME of the shard's session would be honoured. */
    boolean wouldResume(int shard) {
        return alive.containsKey(shard);
    }

    @Override
    public Link open(Request request) {
        opened++;
        return new RandomLink(request);
    }

    private void maybeOutage() {
        if (random.nextInt(6) == 0) {
            outageUntil = time.now(TimeUnit.MILLISECONDS) + random.nextInt(1_800_000);
        }
    }

    private boolean outage() {
        return time.now(TimeUnit.MILLISECONDS) < outageUntil;
    }

    private final class RandomLink implements Link {

        private final Request request;
        private final Pulse pulse = new Pulse(time);
        private final Sinks.Many<Signal> signals = Sinks.many().unicast().onBackpressureBuffer();
        private final Disposable.Composite tasks = Disposables.composite();
        private @Nullable Session session;
        private boolean silent;
        private boolean identified;

        RandomLink(Request request) {
            this.request = request;
            session = request.session();
        }

        @Override
        public Flux<Signal> signals() {
            return signals.asFlux().doOnSubscribe(subscription -> begin()).doFinally(signal -> tasks.dispose());
        }

        @Override
        public Pulse pulse() {
            return pulse;
        }

        @Override
        public void probe() {
            pulse.beatSent();
        }

        @Override
        public void endSession() {
            alive.remove(request.shard());
        }

        @Override
        public boolean identified() {
            return identified;
        }

        @Override
        public Optional<Session> session() {
            return Optional.ofNullable(session);
        }

        private void begin() {
            if (outage() || random.nextInt(10) == 0) {
                later(
                        5,
                        () -> fail(
                                Failure.of(random.nextBoolean() ? Kind.CONNECT : Kind.NAME_RESOLUTION, "unreachable")));
            } else if (random.nextInt(20) > 0) {
                later(50, this::hello);
            } // else no HELLO ever
        }

        private void hello() {
            tell(new Signal.Hello(Duration.ofMillis(41_250)));
            keepAlive();
            if (request.recovery() == Recovery.IDENTIFY) {
                later(20, this::identify);
            } else if (random.nextInt(15) > 0) {
                later(20, this::resume);
            } // else no RESUMED ever
        }

        private void identify() {
            alive.remove(request.shard());
            identified = true;
            tell(new Signal.Identified());
            if (random.nextInt(10) == 0) {
                later(20, () -> fail(Failure.of(Kind.SESSION_INVALIDATED, "op 9 false")));
            } else if (random.nextInt(20) > 0) {
                later(100, this::ready);
            } // else no READY ever
        }

        private void ready() {
            session = new Session("session-" + ++sessions, 1, "ws://resume");
            alive.put(request.shard(), session.id());
            tell(new Signal.Ready());
            live();
        }

        private void resume() {
            boolean honoured = session != null && session.id().equals(alive.get(request.shard()));
            if (!honoured || random.nextInt(20) == 0) {
                alive.remove(request.shard());
                fail(Failure.of(Kind.SESSION_INVALIDATED, "op 9 false"));
                return;
            }
            tell(new Signal.Resumed(random.nextInt(100)));
            live();
        }

        private void live() {
            int millis = random.nextInt(3) == 0 ? random.nextInt(2_000) : random.nextInt(3_600_000);
            later(millis, () -> {
                switch (random.nextInt(5)) {
                    case 0 -> silent = true;
                    case 1 -> fail(Failure.of(Kind.CONNECTION_LOST, "reset"));
                    case 2 -> fail(Failure.of(Kind.RECONNECT_REQUESTED, "op 7"));
                    case 3 -> {
                        alive.remove(request.shard());
                        fail(Failure.of(Kind.SESSION_INVALIDATED, "op 9 false"));
                    }
                    default -> close(CODES[random.nextInt(CODES.length)]);
                }
            });
        }

        private void close(int code) {
            if (code == 4007 || code == 4009) {
                alive.remove(request.shard());
            }
            fail(Failure.closed(code, ""));
        }

        /** By a Flux: what VirtualTimeScheduler itself repeats goes on when it is disposed of. */
        private void keepAlive() {
            tasks.add(Flux.interval(Duration.ofSeconds(2), time)
                    .filter(tick -> !silent)
                    .subscribe(tick -> pulse.frameArrived()));
        }

        private void fail(Failure failure) {
            if (failure.kind() == Kind.SESSION_INVALIDATED) {
                session = null;
            }
            tasks.dispose();
            signals.tryEmitError(new ConnectionEnded(failure));
        }

        private void tell(Signal signal) {
            pulse.frameArrived();
            signals.tryEmitNext(signal);
        }

        private void later(int millis, Runnable task) {
            tasks.add(time.schedule(task, millis, TimeUnit.MILLISECONDS));
        }
    }
}
