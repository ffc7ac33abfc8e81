package dev.gatewatch;

import dev.gatewatch.alert.AlertTargets;
import dev.gatewatch.gateway.BotToken;
import dev.gatewatch.gateway.HostAndPort;
import dev.gatewatch.gateway.Intents;
import dev.gatewatch.history.PostgresAddress;
import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that settings are made of. */
final class Rules {

    /** Characters that a token has at least, so that nobody guesses it. */
    static final int SHORTEST_TOKEN = 24;

    private static final String DURATION_EXAMPLE = ", for example 30 (seconds), 45s, 5m or PT1M";

    private Rules() {}

    /** A duration between two bounds, both allowed. */
    static Rule duration(Duration least, Duration most) {
        return value -> {
            Duration duration = parseDuration(value);
            if (duration == null || duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                        "a duration from " + words(least) + " to " + words(most) + DURATION_EXAMPLE);
            }
            return value;
        };
    }

    /** A whole number between two bounds, both allowed. */
    static Rule wholeNumber(int least, int most, String example) {
        return value -> {
            if (!isWholeNumberWithin(value, least, most)) {
                throw new IllegalArgumentException(
                        "a whole number from " + least + " to " + most + ", for example " + example);
            }
            return Integer.toString(Integer.parseInt(value));
        };
    }

    /** Distinct numbers, divided by commas. */
    static Rule shardIds() {
        return value -> {
            List<String> ids = split(value);
            boolean numbers = ids.stream().allMatch(id -> isWholeNumberWithin(id, 0, Integer.MAX_VALUE));
            if (!numbers || ids.stream().map(Integer::valueOf).distinct().count() < ids.size()) {
                throw new IllegalArgumentException(
                        "different shard ids, 0 or more, divided by commas, for example 0,1,2");
            }
            return String.join(",", ids);
        };
    }

    /** Names of intents in any case, divided by commas. */
    static Rule intents() {
        return value -> {
            List<String> names = split(value.toUpperCase(Locale.ROOT));
            List<String> unknown = names.stream()
                    .filter(name -> !Intents.names().contains(name))
                    .toList();
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("names of Discord's intents, divided by commas, for example "
                        + "GUILDS,GUILD_MEMBERS" + didYouMean(unknown, Intents.names()));
            }
            return String.join(",", names);
        };
    }

    /** One of an enum's constants, in any case. */
    static Rule oneOf(Enum<?>... constants) {
        List<String> names = Arrays.stream(constants)
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .toList();
        return value -> {
            String name = value.toLowerCase(Locale.ROOT);
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "one of " + String.join(", ", names) + didYouMean(List.of(name), names));
            }
            return name;
        };
    }

    /** An absolute HTTP URL; a slash at its end is dropped. */
    static Rule httpUrl(String example) {
        return value -> {
            if (!isHttpUrl(value)) {
                throw new IllegalArgumentException(
                        "an http or https URL with a host and no query, fragment or password, for example " + example);
            }
            return value.replaceAll("/+$", "");
        };
    }

    /** True or false. */
    static Rule yesOrNo() {
        return value -> {
            if (!Set.of("true", "false").contains(value.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("true or false");
            }
            return value.toLowerCase(Locale.ROOT);
        };
    }

    /** A name without spaces or slashes. */
    static Rule word(String example) {
        return value -> {
            if (!value.matches("[^\\s/?#@]{1,200}")) {
                throw new IllegalArgumentException("a name without spaces, /, ?, # or @, for example " + example);
            }
            return value;
        };
    }

    /** Names of slash commands, divided by commas. */
    static Rule commandNames() {
        return list(
                "[-_\\p{Ll}\\p{Lo}\\p{N}]{1,32}",
                "names of slash commands in lower case, without /, divided by commas, for example ping,uptime");
    }

    /** Ids of guilds, divided by commas. */
    static Rule guildIds() {
        return list(
                "[0-9]{15,20}",
                "ids of guilds (Discord: right-click the server, Copy Server ID), divided by commas, for example 197038439483310086");
    }

    /** What an operator's requests carry: long enough not to be guessed. */
    static Rule adminToken() {
        return value -> {
            if (value.length() < SHORTEST_TOKEN) {
                throw new IllegalArgumentException(
                        "a token of " + SHORTEST_TOKEN
                                + " characters or more, so that nobody guesses it; for example the output of: openssl rand -hex 24");
            }
            return value;
        };
    }

    /** Any text. */
    static Rule anything() {
        return value -> value;
    }

    /** The URL of a PostgreSQL database. */
    static Rule postgresUrl() {
        return value -> {
            PostgresAddress.parse(value);
            return value;
        };
    }

    /** Webhooks with their kinds. */
    static Rule alertTargets() {
        return value -> {
            AlertTargets.parse(value);
            return value;
        };
    }

    /** What signs webhooks: long enough not to be guessed, or {@code whsec_} and base64. */
    static Rule alertSecret() {
        return value -> {
            AlertTargets.checkSecret(value);
            return value;
        };
    }

    /** The URL of a dead man's switch. */
    static Rule pingUrl() {
        return value -> {
            AlertTargets.ping(value);
            return value;
        };
    }

    /** A bot token, kept as it is. */
    static Rule token() {
        return value -> {
            BotToken.of(value);
            return value;
        };
    }

    /** A file that holds a bot token. */
    static Rule tokenFile() {
        return value -> {
            BotToken.read(path(value, "the path of a file, for example /run/secrets/discord-token"));
            return value;
        };
    }

    /** A directory, or a path where one can be made. */
    static Rule directory(String example) {
        return value -> {
            String expected = "a directory to keep files in, for example " + example;
            Path path = path(value, expected);
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new IllegalArgumentException(expected + "; this is a file");
            }
            return value;
        };
    }

    private static Rule list(String element, String expected) {
        return value -> {
            List<String> elements = split(value);
            if (!elements.stream().allMatch(each -> each.matches(element))) {
                throw new IllegalArgumentException(expected);
            }
            return String.join(",", elements);
        };
    }

    private static Path path(String value, String expected) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    private static @Nullable Duration parseDuration(String value) {
        try {
            return DurationConverter.parseDuration(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return null;
        }
    }

    private static boolean isWholeNumberWithin(String value, int least, int most) {
        if (!value.matches("-?[0-9]{1,10}")) {
            return false;
        }
        long number = Long.parseLong(value);
        return number >= least && number <= most;
    }

    private static boolean isHttpUrl(String value) {
        try {
            URI uri = new URI(value);
            return uri.getScheme() != null
                    && Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && HostAndPort.of(uri).isPresent()
                    && !HostAndPort.hasUser(uri)
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static List<String> split(String value) {
        return Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    }

    private static String didYouMean(List<String> unknown, List<String> known) {
        return unknown.stream()
                .flatMap(name -> NearestName.to(name, known).stream())
                .findFirst()
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    private static String words(Duration duration) {
        if (duration.isZero()) {
            return "0";
        }
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + "ms";
        }
        if (duration.toDays() > 0) {
            return duration.toDays() + "d";
        }
        return duration.toHours() > 0 ? duration.toHours() + "h" : duration.toSeconds() + "s";
    }
}
