package dev.gatewatch.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jboss.logging.Logger;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Writes a stream into a response, one piece after the other: the next is asked for when the socket has taken the one before. */
final class StreamReader extends BaseSubscriber<Buffer> {

    private static final Logger log = Logger.getLogger(StreamReader.class);

    private final HttpServerResponse response;

    StreamReader(HttpServerResponse response) {
        this.response = response;
        response.closeHandler(closed -> cancel());
        response.exceptionHandler(broken -> cancel());
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(1);
    }

    @Override
    protected void hookOnNext(Buffer piece) {
        response.write(piece).onComplete(written -> {
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

    /** Too slow, or a defect: the reader is cut off, comes back, and goes on behind what it has. */
    @Override
    protected void hookOnError(Throwable failure) {
        log.debugf("A stream is cut off: %s", failure);
        response.reset();
    }
}
