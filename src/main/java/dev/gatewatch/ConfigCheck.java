package dev.gatewatch;

import dev.gatewatch.alert.AlertTargets;
import dev.gatewatch.gateway.HostAndPort;
import io.quarkus.runtime.configuration.DurationConverter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks all settings at once: each by its rule, then those that must fit together. */
final class ConfigCheck {

    /** Discord's usual heartbeat interval: a shorter patience takes healthy connections for dead. */
    private static final Duration DISCORD_HEARTBEAT = Duration.ofMillis(41_250);

    /** What Kubernetes sets in every pod for a Service named "gatewatch" or "discord". */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("(DISCORD|GATEWATCH)(_[A-Z0-9_]+)?_(SERVICE_(HOST|PORT)|PORT)(_[A-Z0-9_]+)?");

    private final RawSettings raw;
    private final Map<Setting, String> accepted = new EnumMap<>(Setting.class);
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private ConfigCheck(RawSettings raw) {
        this.raw = raw;
    }

    /** Checks everything. */
    static ConfigReport check(RawSettings raw) {
        ConfigCheck check = new ConfigCheck(raw);
        raw.values().forEach(check::checkAlone);
        check.checkFiles();
        check.checkTokens();
        check.checkShards();
        check.checkBackoff();
        check.checkAlertSecret();
        check.warnOfUnknownVariables();
        check.warnOfImpatience();
        check.warnOfPlainHttp();
        check.warnOfAlertTargets();
        check.warnOfShortReadToken();
        return new ConfigReport(check.problems, check.warnings, check.accepted);
    }

    private void checkAlone(Setting setting, String value) {
        try {
            accepted.put(setting, setting.rule().check(value.strip()));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(setting, value, String.valueOf(e.getMessage())));
        }
    }

    private void checkFiles() {
        raw.files().forEach((setting, file) -> {
            String trouble = file.isBesideValue()
                    ? "either this or " + setting.variable() + ", not both; remove one"
                    : file.trouble();
            if (trouble != null) {
                boolean mayBeTheSecret =
                        !file.path().startsWith("/") || file.path().contains("://");
                problems.add(new Problem(setting.fileVariable(), mayBeTheSecret, file.path(), trouble));
            }
        });
    }

    private void checkTokens() {
        if (raw.has(Setting.TOKEN) && raw.has(Setting.TOKEN_FILE)) {
            problems.add(new Problem(
                    Setting.TOKEN_FILE,
                    raw.valueOrDefault(Setting.TOKEN_FILE),
                    "either this or DISCORD_TOKEN, not both; remove one"));
        }
    }

    private void checkShards() {
        String ids = accepted.get(Setting.SHARD_IDS);
        if (ids == null) {
            return;
        }
        if (!raw.has(Setting.SHARD_COUNT)) {
            problems.add(new Problem(
                    Setting.SHARD_IDS, ids, "DISCORD_SHARD_COUNT beside it, for example DISCORD_SHARD_COUNT=4"));
            return;
        }
        String count = accepted.get(Setting.SHARD_COUNT);
        if (count != null
                && Arrays.stream(ids.split(","))
                        .mapToInt(Integer::parseInt)
                        .anyMatch(id -> id >= Integer.parseInt(count))) {
            problems.add(new Problem(
                    Setting.SHARD_IDS,
                    ids,
                    "ids below DISCORD_SHARD_COUNT, which is " + count + "; the first id is 0"));
        }
    }

    private void checkBackoff() {
        if (!valid(Setting.RECONNECT_DELAY) || !valid(Setting.MAX_BACKOFF)) {
            return;
        }
        String delay = raw.valueOrDefault(Setting.RECONNECT_DELAY);
        String most = raw.valueOrDefault(Setting.MAX_BACKOFF);
        if (duration(most).compareTo(duration(delay)) < 0) {
            problems.add(new Problem(
                    Setting.MAX_BACKOFF, most, "at least DISCORD_RECONNECT_DELAY, which is " + delay.strip()));
        }
    }

    private void checkAlertSecret() {
        String targets = accepted.get(Setting.ALERT_TARGETS);
        if (targets != null && AlertTargets.parse(targets).needSecret() && !raw.has(Setting.ALERT_SECRET)) {
            problems.add(new Problem(
                    Setting.ALERT_SECRET,
                    "",
                    "a secret of 24 characters or more, since GATEWATCH_ALERT_TARGETS names a json target, whose messages are"
                            + " signed with it; for example the output of: openssl rand -hex 24"));
        }
    }

    private void warnOfUnknownVariables() {
        List<String> known = Setting.variables();
        raw.variables().stream()
                .filter(name -> name.startsWith("DISCORD_") || name.startsWith("GATEWATCH_"))
                .filter(name ->
                        !known.contains(name) && !SERVICE_LINK.matcher(name).matches())
                .sorted()
                .map(name -> name + " is not a setting of Gatewatch and is ignored"
                        + NearestName.to(name, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""))
                .forEach(warnings::add);
    }

    private void warnOfImpatience() {
        String timeout = raw.valueOrDefault(Setting.HEARTBEAT_TIMEOUT);
        boolean discord = raw.valueOrDefault(Setting.API_BASE_URL).contains("discord.com");
        if (discord && valid(Setting.HEARTBEAT_TIMEOUT) && duration(timeout).compareTo(DISCORD_HEARTBEAT) <= 0) {
            warnings.add("DISCORD_HEARTBEAT_TIMEOUT=" + timeout.strip()
                    + " is not longer than Discord's heartbeat interval of"
                    + " 41.25 s: healthy connections will be taken for dead; 60 is the default");
        }
    }

    private void warnOfPlainHttp() {
        String url = accepted.get(Setting.API_BASE_URL);
        if (url == null || !url.startsWith("http:")) {
            return;
        }
        String host = HostAndPort.of(URI.create(url)).map(HostAndPort::host).orElse("");
        if (!Set.of("localhost", "127.0.0.1", "[::1]").contains(host)) {
            warnings.add(
                    "DISCORD_API_BASE_URL=" + url + " sends the bot token unencrypted to another machine; use https");
        }
    }

    private void warnOfAlertTargets() {
        String ping = accepted.get(Setting.DEADMAN_URL);
        if (ping != null && AlertTargets.isExposed(AlertTargets.ping(ping))) {
            warnings.add("GATEWATCH_DEADMAN_URL sends its secret unencrypted to another machine; use https");
        }
        String text = accepted.get(Setting.ALERT_TARGETS);
        if (text == null) {
            return;
        }
        AlertTargets targets = AlertTargets.parse(text);
        if (!targets.exposed().isEmpty()) {
            warnings.add("GATEWATCH_ALERT_TARGETS sends the secrets of " + String.join(", ", targets.exposed())
                    + " unencrypted to another machine; use https");
        }
        if (targets.allLiveOnDiscord()) {
            warnings.add(
                    "GATEWATCH_ALERT_TARGETS has only targets that live on Discord: an outage of Discord silences them all."
                            + " Add one that does not, or set GATEWATCH_DEADMAN_URL"
                            + (ping == null ? "" : ", as you have"));
        }
    }

    private void warnOfShortReadToken() {
        String token = accepted.get(Setting.READ_TOKEN);
        if (token != null && token.length() < Rules.SHORTEST_TOKEN) {
            warnings.add("GATEWATCH_READ_TOKEN has fewer than " + Rules.SHORTEST_TOKEN
                    + " characters and can be guessed; use for example the output of: openssl rand -hex 24");
        }
    }

    /** Whether a setting is unset or right. */
    private boolean valid(Setting setting) {
        return !raw.has(setting) || accepted.containsKey(setting);
    }

    private static Duration duration(String value) {
        return DurationConverter.parseDuration(value);
    }
}
