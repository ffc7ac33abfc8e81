package dev.gatewatch.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

/**
 * Writes a stream into a response, one piece after the other: the next is asked for when the socket has taken the one before. A
 * reader whose socket does not take one in time is cut off; it can come back, and go on behind what it has.
 */
final class StreamReader extends BaseSubscriber<Buffer> {

    private static final Logger log = Logger.getLogger(StreamReader.class);
    private static final long NOTHING = Long.MIN_VALUE;

    private final HttpServerResponse response;
    private final Vertx vertx;
    private final Duration patience;
    private final long timer;
    private volatile long writingSince = NOTHING;

    /**
     * @param vertx for the time
     * @param response where to
     * @param patience how long the socket may take for one piece
     */
    StreamReader(Vertx vertx, HttpServerResponse response, Duration patience) {
        this.response = response;
        this.vertx = vertx;
        this.patience = patience;
        response.closeHandler(closed -> cancel());
        response.exceptionHandler(broken -> cancel());
        timer = vertx.setPeriodic(Math.max(1, patience.toMillis() / 2), tick -> cutOffIfStuck());
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(1);
    }

    @Override
    protected void hookOnNext(Buffer piece) {
        writingSince = System.nanoTime();
        response.write(piece).onComplete(written -> {
            writingSince = NOTHING;
            if (written.succeeded()) {
                request(1);
            } else {
                cancel();
            }
        });
    }

    @Override
    protected void hookOnComplete() {
        response.end();
    }

    @Override
    protected void hookOnError(Throwable failure) {
        log.debugf("A stream is cut off: %s", failure);
        response.reset();
    }

    @Override
    protected void hookFinally(SignalType signal) {
        vertx.cancelTimer(timer);
    }

    private void cutOffIfStuck() {
        long since = writingSince;
        if (since != NOTHING && System.nanoTime() - since > patience.toNanos()) {
            log.debugf("A reader that took nothing for %s is cut off", patience);
            cancel();
            response.reset();
        }
    }
}
