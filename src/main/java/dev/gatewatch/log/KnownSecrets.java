package dev.gatewatch.log;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configured secrets, which no log line may show. They cannot all be told by their form: the address of a webhook may
 * look like any other.
 */
public final class KnownSecrets {

    /** Shorter texts may be common words. Hiding them would make lines unreadable. */
    private static final int SHORTEST = 8;

    private static final Pattern URL = Pattern.compile("https?://[^\\s,]+");
    private static final Pattern PASSWORD = Pattern.compile("(?:://[^/:@]*:|[?&]\\w*password=)([^@&\\s]+)");

    private static final String HIDDEN = "(secret hidden)";
    private static final List<String> TEXTS = new CopyOnWriteArrayList<>();

    private KnownSecrets() {}

    /** Adds a value. Of each URL in it, the path with the query is secret, and each password. */
    public static void add(String value) {
        keep(Stream.of(value));
        keep(URL.matcher(value).results().map(match -> pathAndQuery(match.group())));
        keep(passwords(value));
    }

    /** Adds a database's URL, of which only the passwords are secret. */
    public static void addDatabase(String url) {
        keep(passwords(url));
    }

    /** The text with each of them replaced. */
    static String hide(String text) {
        String hidden = text;
        for (String secret : TEXTS) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden;
    }

    private static void keep(Stream<String> texts) {
        texts.map(String::strip)
                .filter(text -> text.length() >= SHORTEST && !TEXTS.contains(text))
                .forEach(TEXTS::add);
        TEXTS.sort(Comparator.comparingInt(String::length).reversed()); // the longest first: a part may stand in it
    }

    private static Stream<String> passwords(String value) {
        return PASSWORD.matcher(value)
                .results()
                .map(match -> match.group(1))
                .flatMap(raw -> Stream.of(raw, decoded(raw)));
    }

    private static String pathAndQuery(String url) {
        try {
            URI uri = URI.create(url);
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return uri.getRawPath().replaceFirst("^/", "") + query;
        } catch (IllegalArgumentException e) {
            return url; // no usable URL: all of it
        }
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }
}
