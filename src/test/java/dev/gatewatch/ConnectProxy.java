package dev.gatewatch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A proxy as companies have it: speaks CONNECT, may ask for a password, and alone knows where the names lead.
 *
 * <p>Behind it, names under {@code .test} speak TLS with a certificate of {@link #trustStore}; the proxy stands in for that, too, and
 * hands on what is inside to a plain port.
 */
final class ConnectProxy implements AutoCloseable {

    static final String PASSWORD = "of the test";

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final Path store;
    private final SSLContext tls;
    private final @Nullable String login;
    private volatile @Nullable String refusal;

    private ConnectProxy(Path folder, @Nullable String login) throws Exception {
        this.login = login;
        store = folder.resolve("names.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "names",
                "-keyalg",
                "EC",
                "-dname",
                "CN=names",
                "-ext",
                "san=dns:*.names.test");
        tls = context(store);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Opens one; {@code login} is {@code user:password}, or null for a proxy that lets everybody through. */
    static ConnectProxy open(Path folder, @Nullable String login) throws Exception {
        return new ConnectProxy(folder, login);
    }

    /** From now on {@code https://host} leads to a plain HTTP server on this port of loopback. */
    void lead(String host, int port) {
        ports.put(host, port);
    }

    /** From now on every CONNECT is answered with this status line; null for success again. */
    void refuse(@Nullable String statusLine) {
        refusal = statusLine;
    }

    int port() {
        return server.getLocalPort();
    }

    /** The targets of all CONNECTs so far, as {@code host:port}. */
    List<String> targets() {
        return List.copyOf(targets);
    }

    /** What a client must trust to speak with the names behind it. */
    Path trustStore() {
        return store;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket client) {
        try (client) {
            List<String> head = head(client.getInputStream());
            String target = head.get(0).split(" ")[1];
            targets.add(target);
            Integer port = ports.get(target.replaceFirst(":443$", ""));
            String status = refusal != null
                    ? refusal
                    : !isAllowed(head)
                            ? "407 Proxy Authentication Required"
                            : port == null ? "502 Bad Gateway" : "200 Connection established";
            client.getOutputStream()
                    .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            if (status.startsWith("200") && port != null) {
                tunnel(client, port);
            }
        } catch (IOException ended) {
            // one of the two sides has gone
        }
    }

    private void tunnel(Socket client, int port) throws IOException {
        try (SSLSocket inside = (SSLSocket) tls.getSocketFactory().createSocket(client, null, false);
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), port)) {
            threads.execute(() -> copy(behind, inside));
            copy(inside, behind);
        }
    }

    /** Copies until one side ends, and then ends both. */
    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8_192];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                out.write(bytes, 0, n);
                out.flush();
            }
        } catch (IOException ended) {
            // both are closed now
        }
    }

    private boolean isAllowed(List<String> head) {
        String expected = login == null
                ? ""
                : "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return login == null
                || head.stream().anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + expected));
    }

    private static List<String> head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no head");
            }
            text.append((char) next);
        }
        return text.toString().lines().toList();
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("keytool made no certificate");
        }
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
