package dev.gatewatch.simulator;

/** One connection's compressed stream of messages. See [Discord Docs/Gateway/Transport Compression]. */
interface TransportCompression extends AutoCloseable {

    /** The next message's part of the stream, complete enough to be read. */
    byte[] compress(byte[] message);

    @Override
    void close();
}
