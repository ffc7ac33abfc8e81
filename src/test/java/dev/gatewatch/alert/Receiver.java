package dev.gatewatch.alert;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A webhook's receiver on a real socket, which answers as it is told, or does not. */
public final class Receiver implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Deque<Behaviour> script = new ArrayDeque<>();
    private Behaviour usual = status(204);

    public Receiver() {
        this(0);
    }

    public Receiver(int port) {
        try {
            server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on. */
    public synchronized Receiver always(Behaviour behaviour) {
        usual = behaviour;
        return this;
    }

    /** Each for one request, then as always. */
    public synchronized Receiver first(Behaviour... behaviours) {
        script.addAll(List.of(behaviours));
        return this;
    }

    /** What has arrived whole. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public int port() {
        return server.getLocalPort();
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Behaviour status(int status, String... headers) {
        return body(status, "", headers);
    }

    public static Behaviour body(int status, String body, String... headers) {
        return socket -> {
            StringBuilder head =
                    new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            write(socket, head + "\r\n" + body);
        };
    }

    /** Reads the request and says nothing, with the socket open. */
    public static Behaviour hang() {
        return socket -> {
            socket.setSoTimeout(0);
            while (socket.getInputStream().read() >= 0) {} // until the other side has had enough
        };
    }

    /** Ends its half of the connection without an answer, and keeps the other half open. */
    public static Behaviour halfClose() {
        return socket -> {
            socket.shutdownOutput();
            hang().answer(socket);
        };
    }

    /** Cuts the connection. */
    public static Behaviour reset() {
        return socket -> {
            socket.setSoLinger(true, 0);
            socket.close();
        };
    }

    /** A head at once, then a body that never ends. */
    public static Behaviour drip(int status, String... headers) {
        return socket -> {
            write(
                    socket,
                    "HTTP/1.1 " + status + " X\r\nContent-Length: 1000000\r\n" + String.join("", headers)
                            + "\r\n{\"a\":1");
            hang().answer(socket);
        };
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "receiver-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (Closeable closing = socket) {
            Request request = read(socket.getInputStream());
            if (request != null) {
                requests.add(request);
                next().answer(socket);
            }
        } catch (IOException e) {
            // the other side has had enough
        } finally {
            open.remove(socket);
        }
    }

    private synchronized Behaviour next() {
        Behaviour scripted = script.poll();
        return scripted == null ? usual : scripted;
    }

    private static Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String[] words = first.split(" ");
        return new Request(words[0], words[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** What to do once a request has arrived; the connection is closed behind it. */
    public interface Behaviour {
        void answer(Socket socket) throws IOException;
    }

    /** A request; header names are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {}
}
