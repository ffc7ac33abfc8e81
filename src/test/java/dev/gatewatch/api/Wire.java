package dev.gatewatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** One HTTP/1.1 connection that is kept, byte for byte. */
final class Wire implements AutoCloseable {

    /** Header lines for {@link #get}. */
    static final String GZIP = "Accept-Encoding: gzip\r\n";

    static final String PLAIN = "";

    private final Socket socket;
    private final InputStream in;

    Wire(URI address) throws IOException {
        socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static String request(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    }

    Answer get(String path, String headers) throws IOException {
        send(request(path, headers));
        return receive(true);
    }

    void send(String requests) throws IOException {
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
    }

    Answer receive(boolean hasBody) throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(": ?", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1], (one, other) -> one + ", " + other);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (hasBody && headers.containsKey("content-length")) {
            body.write(in.readNBytes(Integer.parseInt(headers.get("content-length"))));
        } else if (hasBody) {
            assertThat(headers).containsEntry("transfer-encoding", "chunked");
            for (int size = chunk(); size > 0; size = chunk()) {
                body.write(in.readNBytes(size));
                assertThat(line()).isEmpty();
            }
            assertThat(line()).isEmpty();
        }
        InputStream bytes = new ByteArrayInputStream(body.toByteArray());
        boolean zipped = hasBody && "gzip".equals(headers.get("content-encoding"));
        byte[] text = (zipped ? new GZIPInputStream(bytes) : bytes).readAllBytes();
        return new Answer(status, headers, new String(text, StandardCharsets.UTF_8));
    }

    boolean hasAnswer() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server has closed it, after everything that it sent was read. */
    boolean isClosed() throws IOException {
        return in.read() == -1;
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            assertThat(c).as("the connection ended in the middle of an answer").isNotNegative();
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * @param headers by their names in lower case; said twice, both are there
     * @param text the body, unpacked
     */
    record Answer(int status, Map<String, String> headers, String text) {

        String encoding() {
            return headers.get("content-encoding");
        }
    }
}
