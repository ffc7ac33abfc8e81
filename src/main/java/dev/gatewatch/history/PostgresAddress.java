package dev.gatewatch.history;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final String HOST = "(?:[^\\s\\[\\]/?#@,:]+|\\[[0-9A-Fa-f:.]+(?:%\\w+)?])";

    private static final Pattern FORM = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://(?:(?<login>[^/?]*)@)?" + "(?<hosts>" + HOST + "(?::\\d{1,5})?(?:," + HOST
                    + "(?::\\d{1,5})?)*)/(?<name>[^\\s/?#]+)(?:\\?(?<options>[^\\s#]*))?");

    private static final Pattern HAS_PORT = Pattern.compile("(?:[^:]+|\\[.*]):\\d+");

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
                                "jdbc:postgresql://" + hosts(host, config.databasePort()) + "/" + config.databaseName(),
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
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || !arePorts(parts.group("hosts"))) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String user = null;
        String password = null;
        String login = parts.group("login");
        if (login != null) {
            int colon = login.indexOf(':');
            user = decode(colon < 0 ? login : login.substring(0, colon));
            password = colon < 0 ? null : decode(login.substring(colon + 1));
        }
        List<String> options = new ArrayList<>();
        for (String option :
                Optional.ofNullable(parts.group("options")).orElse("").split("&", -1)) {
            if (option.startsWith("user=")) {
                user = decode(option.substring("user=".length()));
            } else if (option.startsWith("password=")) {
                password = decode(option.substring("password=".length()));
            } else if (!option.isEmpty()) {
                options.add(option);
            }
        }
        String place = "jdbc:postgresql://" + parts.group("hosts") + "/" + parts.group("name");
        return new PostgresAddress(options.isEmpty() ? place : place + "?" + String.join("&", options), user, password);
    }

    @Override
    public String toString() {
        return url + (user == null ? "" : " as " + user);
    }

    private static boolean arePorts(String hosts) {
        return Arrays.stream(hosts.split(",", -1))
                .filter(host -> HAS_PORT.matcher(host).matches())
                .mapToInt(host -> Integer.parseInt(host.substring(host.lastIndexOf(':') + 1)))
                .allMatch(port -> port > 0 && port <= 65_535);
    }

    /** Each host with a port, as the driver wants it; the setting may name several hosts, and a port behind each. */
    private static String hosts(String hosts, int port) {
        return Arrays.stream(hosts.split(",", -1))
                .map(String::strip)
                .map(host -> HAS_PORT.matcher(host).matches() ? host : host + ":" + port)
                .collect(Collectors.joining(","));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
