package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** A wire whose connections do what a test tells them to. */
final class FakeWire implements Wire {

    private final Scheduler scheduler;
    private final List<FakeLink> links = new ArrayList<>();

    FakeWire(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Link open(Request request) {
        FakeLink link = new FakeLink(request, new Pulse(scheduler));
        links.add(link);
        return link;
    }

    int opened() {
        return links.size();
    }

    FakeLink last() {
        return links.get(links.size() - 1);
    }

    /** One connection of it. */
    static final class FakeLink implements Link {

        final Request request;
        int probes;
        boolean cut;
        boolean sessionEnds;
        boolean identified;

        /** What happens between the decision to cut the connection and the cut. */
        Runnable beforeCut = () -> {};

        private final Pulse pulse;
        private final Sinks.Many<Signal> signals = Sinks.many().unicast().onBackpressureBuffer();
        private @Nullable Session session;

        FakeLink(Request request, Pulse pulse) {
            this.request = request;
            this.pulse = pulse;
            session = request.session();
        }

        @Override
        public Flux<Signal> signals() {
            return signals.asFlux().doOnCancel(() -> {
                beforeCut.run();
                cut = true;
            });
        }

        @Override
        public Pulse pulse() {
            return pulse;
        }

        @Override
        public void probe() {
            probes++;
            pulse.beatSent();
        }

        @Override
        public void endSession() {
            sessionEnds = true;
        }

        @Override
        public boolean identified() {
            return identified;
        }

        @Override
        public Optional<Session> session() {
            return Optional.ofNullable(session);
        }

        FakeLink hello() {
            return tell(new Signal.Hello(Duration.ofMillis(41_250)));
        }

        FakeLink ready() {
            hello().identify();
            session = new Session("session", 1, "ws://resume");
            return tell(new Signal.Ready());
        }

        FakeLink identify() {
            identified = true;
            return tell(new Signal.Identified());
        }

        FakeLink resumed() {
            hello();
            return resumedUngreeted();
        }

        FakeLink resumedUngreeted() {
            return tell(new Signal.Resumed(0));
        }

        void fail(Failure failure) {
            if (failure.kind() == Failure.Kind.SESSION_INVALIDATED) {
                session = null;
            }
            signals.tryEmitError(new ConnectionEnded(failure));
        }

        private FakeLink tell(Signal signal) {
            pulse.frameArrived();
            signals.tryEmitNext(signal).orThrow();
            return this;
        }
    }
}
