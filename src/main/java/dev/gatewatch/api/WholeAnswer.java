package dev.gatewatch.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it goes over the wire of HTTP/1.1: status line, headers and body in one piece, as they are and compressed. Thread-safe: two who ask
 * for it compressed at the same moment compress it twice, to the same effect.
 */
final class WholeAnswer {

    private final AnswerBody body;
    private final String headers;
    private final ByteBuf plain;
    private volatile @Nullable ByteBuf zipped;

    /**
     * @param body its status and JSON
     * @param headers its other header lines, each with its end, without {@code Content-Length} and {@code Content-Encoding}
     */
    WholeAnswer(AnswerBody body, String headers) {
        this.body = body;
        this.headers = headers;
        plain = write(headers, body.utf8().getBytes());
    }

    @SuppressWarnings("ReferenceEquality") // comparing bytes would take longer than writing them
    boolean isOf(AnswerBody other) {
        return body == other;
    }

    /** Bytes that need no release, with a reader index of their own. */
    ByteBuf plain() {
        return plain.duplicate();
    }

    /** The same, with the body in gzip. */
    ByteBuf zipped() {
        ByteBuf done = zipped;
        if (done == null) {
            String encoding = line(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
            done = write(headers + encoding, gzip(body.utf8().getBytes()));
            zipped = done;
        }
        return done.duplicate();
    }

    static String line(CharSequence name, CharSequence value) {
        return name + ": " + value + "\r\n";
    }

    private ByteBuf write(String lines, byte[] content) {
        String head = "HTTP/1.1 " + HttpResponseStatus.valueOf(body.status()) + "\r\n" + lines
                + line(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(content.length)) + "\r\n";
        return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(head.getBytes(StandardCharsets.ISO_8859_1), content));
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written to", e);
        }
        return bytes.toByteArray();
    }
}
