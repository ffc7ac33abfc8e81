package dev.gatewatch.simulator;

import java.io.ByteArrayOutputStream;

/**
 * One connection's {@code zstd-stream}: one frame without an end, in which each message is a row of raw blocks.
 *
 * <p>Raw blocks are valid Zstandard without compressing anything, which loopback does not need; so this takes no native
 * library. See [Discord Docs/Gateway/Transport Compression: zstd-stream] and [RFC 8878, section 3.1.1].
 */
final class ZstdStream implements TransportCompression {

    private static final int LARGEST_BLOCK = 128 << 10;

    /** The magic number; neither checksum, dictionary nor content size; a window of 128 KiB. */
    private static final byte[] FRAME_HEADER = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x00, 0x38};

    private boolean begun;

    @Override
    public byte[] compress(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 16);
        if (!begun) {
            out.writeBytes(FRAME_HEADER);
            begun = true;
        }
        for (int from = 0; from < message.length; from += LARGEST_BLOCK) {
            int size = Math.min(LARGEST_BLOCK, message.length - from);
            int blockHeader = size << 3; // a raw block, and not the last one
            out.write(blockHeader);
            out.write(blockHeader >> 8);
            out.write(blockHeader >> 16);
            out.write(message, from, size);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {}
}
