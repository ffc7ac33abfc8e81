package dev.gatewatch.alert;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * A webhook. Its URL is a secret and is in no string but {@link #url}.
 *
 * @param name its kind and its place among all targets, from 1: {@code discord-1}
 * @param kind what it understands
 * @param url where it is
 */
record Target(String name, Kind kind, URI url) {

    private static final Set<String> DISCORD = Set.of("discord.com", "discordapp.com");

    /** What the outbox knows it by: the same for as long as its URL is, wherever it stands among the targets. */
    String key() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(url.toString().getBytes(StandardCharsets.UTF_8));
            return kind.word() + "-" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether an outage of Discord silences it. */
    boolean livesOnDiscord() {
        return kind == Kind.DISCORD || isHostedByDiscord();
    }

    /** Whether requests reach Discord itself, which bans an address for too many that it refuses. */
    boolean isHostedByDiscord() {
        String host = AlertTargets.host(url);
        return DISCORD.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name));
    }

    @Override
    public String toString() {
        return name;
    }

    /** What a webhook understands. */
    enum Kind {
        DISCORD,
        SLACK,
        JSON;

        /** Its name in settings and in JSON. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
