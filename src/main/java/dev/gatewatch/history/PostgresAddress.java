package dev.gatewatch.history;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL is, and who logs in. Prints without its password.
 *
 * @param url for JDBC, without user and password
 * @param user null for the driver's own default
 * @param password null for none
 */
public record PostgresAddress(
        String url, @Nullable String user, @Nullable String password) {

    private static final String EXPECTED =
            "a PostgreSQL address like jdbc:postgresql://host:5432/name or postgresql://user:password@host:5432/name";

    /**
     * The address the settings give; empty when they ask for no PostgreSQL.
     *
     * @throws IllegalArgumentException when the URL is none; its message holds no password
     */
    static Optional<PostgresAddress> from(HistoryConfig config) {
        Optional<PostgresAddress> address = config.databaseUrl()
                .map(PostgresAddress::parse)
                .or(() -> config.databaseHost()
                        .map(host -> new PostgresAddress(
                                "jdbc:postgresql://" + host + ":" + config.databasePort() + "/" + config.databaseName(),
                                null,
                                null)));
        return address.map(found -> new PostgresAddress(
                found.url,
                config.databaseUser().orElse(found.user),
                config.databasePassword().orElse(found.password)));
    }

    /**
     * Reads a URL of either kind.
     *
     * @throws IllegalArgumentException when it is none; the message says what is expected, and holds no password
     */
    public static PostgresAddress parse(String text) {
        String plain = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        URI uri = uri(plain.replaceFirst("^postgres://", "postgresql://"));
        if (!"postgresql".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String user = null;
        String password = null;
        String login = uri.getRawUserInfo();
        if (login != null) {
            int colon = login.indexOf(':');
            user = decode(colon < 0 ? login : login.substring(0, colon));
            password = colon < 0 ? null : decode(login.substring(colon + 1));
        }
        List<String> options = new ArrayList<>();
        for (String option : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            if (option.startsWith("user=")) {
                user = decode(option.substring("user=".length()));
            } else if (option.startsWith("password=")) {
                password = decode(option.substring("password=".length()));
            } else if (!option.isEmpty()) {
                options.add(option);
            }
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = options.isEmpty() ? "" : "?" + String.join("&", options);
        return new PostgresAddress(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query, user, password);
    }

    @Override
    public String toString() {
        return url + (user == null ? "" : " as " + user);
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EXPECTED); // not the cause: it repeats the text, password included
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
