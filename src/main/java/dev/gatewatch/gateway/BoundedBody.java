package dev.gatewatch.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;

/** Reads what another server answers, as long as it is of a size that it may have. */
public final class BoundedBody {

    private BoundedBody() {}

    /** The whole body, which may be empty; fails with an {@link IOException} when it is longer than {@code most} bytes. */
    public static Mono<String> text(ByteBufFlux body, int most) {
        return body.asByteArray()
                .collect(ByteArrayOutputStream::new, (all, chunk) -> {
                    if (all.size() + chunk.length > most) {
                        throw Exceptions.propagate(new IOException("an answer of more than " + most + " bytes"));
                    }
                    all.writeBytes(chunk);
                })
                .map(all -> all.toString(StandardCharsets.UTF_8));
    }
}
