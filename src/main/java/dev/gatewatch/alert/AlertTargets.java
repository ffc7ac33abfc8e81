package dev.gatewatch.alert;

import dev.gatewatch.alert.Target.Kind;
import dev.gatewatch.gateway.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code GATEWATCH_ALERT_TARGETS} and {@code GATEWATCH_DEADMAN_URL}. No message of it holds a URL. */
public final class AlertTargets {

    private static final String EXAMPLE =
            "webhooks divided by spaces, each its kind (discord, slack or json), a colon and its"
                    + " URL, for example discord:https://discord.com/api/webhooks/1234/abcd json:https://ops.example.org/hook";

    private static final int SHORTEST_SECRET = 24;
    private static final Pattern DISCORD_PATH = Pattern.compile(".*/webhooks/[0-9]+/[\\w-]+/?");

    private final List<Target> targets;

    private AlertTargets(List<Target> targets) {
        this.targets = List.copyOf(targets);
    }

    /**
     * Reads the list.
     *
     * @throws IllegalArgumentException when it is wrong; its message names the entry by its place, and shows no URL
     */
    public static AlertTargets parse(String text) {
        List<Target> targets = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String entry : text.strip().split("[\\s,]+", -1)) {
            Target target = entry(entry, targets.size() + 1);
            if (!seen.add(target.key())) {
                throw new IllegalArgumentException(EXAMPLE + "; entry " + (targets.size() + 1) + " is there twice");
            }
            targets.add(target);
        }
        return new AlertTargets(targets);
    }

    /**
     * Checks the dead man's switch's URL.
     *
     * @throws IllegalArgumentException when it is none; its message does not repeat it
     */
    public static URI ping(String text) {
        return url(text.strip())
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "an http or https URL with a host, without user or fragment, for example https://hc-ping.com/1234"));
    }

    /**
     * Checks what signs messages to {@code json} targets.
     *
     * @throws IllegalArgumentException when it is too short, or begins with {@code whsec_} and base64 does not follow
     */
    public static void checkSecret(String text) {
        boolean usable;
        try {
            Signature.with(text.strip());
            usable = text.strip().length() >= SHORTEST_SECRET;
        } catch (IllegalArgumentException e) {
            usable = false;
        }
        if (!usable) {
            throw new IllegalArgumentException("a secret of " + SHORTEST_SECRET
                    + " characters or more, or whsec_ and base64, for example the output of: openssl rand -hex 24");
        }
    }

    /** Whether a URL would carry its secret over the network in the clear. */
    public static boolean isExposed(URI url) {
        String host = host(url);
        return "http".equalsIgnoreCase(url.getScheme())
                && !Set.of("localhost", "127.0.0.1", "[::1]").contains(host);
    }

    /** The names of the targets whose secrets would cross the network in the clear. */
    public List<String> exposed() {
        return targets.stream()
                .filter(target -> isExposed(target.url()))
                .map(Target::name)
                .toList();
    }

    /** Whether an outage of Discord silences all of them. */
    public boolean allLiveOnDiscord() {
        return targets.stream().allMatch(Target::livesOnDiscord);
    }

    /** Whether one of them is sent signed JSON. */
    public boolean needSecret() {
        return targets.stream().anyMatch(target -> target.kind() == Kind.JSON);
    }

    List<Target> list() {
        return targets;
    }

    /** The host; empty where there is none. */
    static String host(URI url) {
        return HostAndPort.of(url)
                .map(place -> place.host().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private static Target entry(String entry, int place) {
        int colon = entry.indexOf(':');
        String word = colon < 0 ? "" : entry.substring(0, colon).toLowerCase(Locale.ROOT);
        Kind kind = Arrays.stream(Kind.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        EXAMPLE + "; entry " + place + " does not begin with a kind and a colon"));
        URI url = url(entry.substring(colon + 1))
                .orElseThrow(() -> new IllegalArgumentException(EXAMPLE + "; what follows \"" + word + ":\" in entry "
                        + place + " is not an http or https URL with a host, without user or fragment"));
        if (kind == Kind.DISCORD && !DISCORD_PATH.matcher(url.getPath()).matches()) {
            throw new IllegalArgumentException(
                    EXAMPLE + "; the URL of entry " + place
                            + " does not end in /webhooks/<id>/<token>, as Discord's do (Server Settings > Integrations > Webhooks)");
        }
        return new Target(kind.word() + "-" + place, kind, url);
    }

    private static Optional<URI> url(String text) {
        try {
            URI uri = new URI(text);
            boolean usable = uri.getScheme() != null
                    && Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && HostAndPort.of(uri).isPresent()
                    && !HostAndPort.hasUser(uri)
                    && uri.getRawFragment() == null
                    && !host(uri).startsWith("169.254."); // a cloud's metadata service, never a webhook
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
