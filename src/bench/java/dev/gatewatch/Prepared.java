package dev.gatewatch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/**
 * Messages for a {@code zlib-stream}, each compressed without a look back at the others, so that they can be sent in any order and again.
 *
 * <p>See [RFC 1950] for the header, which the first one begins with, and [Discord Docs/Gateway/Transport Compression].
 */
final class Prepared {

    private static final byte[] HEADER = {0x78, 0x01};
    private static final ThreadLocal<Deflater> DEFLATER =
            ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_SPEED, true));

    private Prepared() {}

    /** The first message of a stream. */
    static byte[] first(String json) {
        byte[] message = message(json);
        byte[] both = new byte[HEADER.length + message.length];
        System.arraycopy(HEADER, 0, both, 0, HEADER.length);
        System.arraycopy(message, 0, both, HEADER.length, message.length);
        return both;
    }

    static byte[] message(String json) {
        return message(json.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] message(byte[] json) {
        Deflater deflater = DEFLATER.get();
        deflater.reset();
        deflater.setInput(json);
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length / 4 + 64);
        byte[] chunk = new byte[8_192];
        int written;
        do {
            written = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, written);
        } while (written == chunk.length);
        return out.toByteArray();
    }
}
