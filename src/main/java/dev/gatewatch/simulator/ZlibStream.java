package dev.gatewatch.simulator;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/**
 * One connection's {@code zlib-stream}: one deflate context for all messages, each ending in 00 00 FF FF.
 *
 * <p>See [Discord Docs/Gateway/Transport Compression].
 */
final class ZlibStream implements TransportCompression {

    private final Deflater deflater = new Deflater();
    private final byte[] chunk = new byte[8192];

    @Override
    public byte[] compress(byte[] message) {
        deflater.setInput(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length / 2 + 16);
        int written;
        do {
            written = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, written);
        } while (written == chunk.length);
        return out.toByteArray();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
