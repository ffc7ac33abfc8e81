package dev.gatewatch.log;

import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The configured secrets, which no log line may show. They cannot all be told by their form: the address of a webhook may
 * look like any other.
 */
public final class KnownSecrets {

    /** Shorter texts are common words rather than secrets; hiding them would make lines unreadable. */
    private static final int SHORTEST = 8;

    private static final String HIDDEN = "(secret hidden)";
    private static final List<String> TEXTS = new CopyOnWriteArrayList<>();

    private KnownSecrets() {}

    /** Adds a setting's value. Of each URL in it, the path and what follows is secret, and the user's part. */
    public static void add(String value) {
        Stream.concat(Stream.of(value), Arrays.stream(value.split("[\\s,]+")).flatMap(KnownSecrets::partsOfUrl))
                .map(String::strip)
                .filter(text -> text.length() >= SHORTEST && !TEXTS.contains(text))
                .forEach(TEXTS::add);
        TEXTS.sort(Comparator.comparingInt(String::length).reversed()); // the longest first: a part may stand in it
    }

    /** The text with each of them replaced. */
    static String hide(String text) {
        String hidden = text;
        for (String secret : TEXTS) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden;
    }

    private static Stream<String> partsOfUrl(String text) {
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            return Stream.empty();
        }
        try {
            String prefix = text.substring(0, scheme);
            URI url = URI.create(text.substring(prefix.lastIndexOf(':') + 1));
            String path = Optional.ofNullable(url.getRawPath()).orElse("");
            String query = Optional.ofNullable(url.getRawQuery()).orElse("");
            String user = Optional.ofNullable(url.getRawUserInfo()).orElse("");
            return Stream.of(
                    path.length() > SHORTEST ? path.substring(1) : "", query, user.replaceFirst("^[^:]*:", ""));
        } catch (IllegalArgumentException e) {
            return Stream.of(text.substring(scheme + 3)); // no usable URL: all of it but the scheme
        }
    }
}
