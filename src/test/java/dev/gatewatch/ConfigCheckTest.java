package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigCheckTest {

    private static final String LONG_TOKEN = "x".repeat(24);

    private static final String TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.a-signature_of_some_length";

    @TempDir
    Path directory;

    @Test
    void acceptsNothingAtAll() {
        ConfigReport report = check(Map.of());

        assertThat(report.isGood()).isTrue();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void acceptsEveryDefault() {
        Map<String, String> variables = new HashMap<>();
        for (Setting setting : Setting.values()) {
            variables.put(setting.variable(), setting.defaultValue());
        }

        assertThat(check(variables).isGood()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "DISCORD_CONNECTION_TIMEOUT      | 30",
                "DISCORD_CONNECTION_TIMEOUT      | 45s",
                "DISCORD_CONNECTION_TIMEOUT      | 5m",
                "DISCORD_CONNECTION_TIMEOUT      | PT1M",
                "DISCORD_CONNECTION_TIMEOUT      | 250ms",
                "DISCORD_CONNECTION_TIMEOUT      | \" 30 \"",
                "DISCORD_MAX_RECONNECT_ATTEMPTS  | 1",
                "DISCORD_EXHAUSTED_ACTION        | STOP",
                "DISCORD_INTENTS                 | guilds, GUILD_MEMBERS",
                "DISCORD_SHARD_COUNT             | 16",
                "DISCORD_API_BASE_URL            | http://127.0.0.1:8765/api/v10/",
                "DISCORD_API_BASE_URL            | http://discord_api:8080",
                "DISCORD_API_BASE_URL            | http://[::1]:8080/api/v10",
                "GATEWATCH_DISCORD_STATUS_URL    | http://status_page:8080/api/v2/summary.json",
                "GATEWATCH_DEADMAN_URL           | https://dead_man/ping",
                "DISCORD_TOKEN                   | \" MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.signature \"",
                "GATEWATCH_READINESS_GRACE       | 0",
                "QUARKUS_HTTP_PORT               | 0",
            })
    void acceptsValue(String variable, String value) {
        assertThat(check(Map.of(variable, value)).isGood()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DISCORD_TOKEN                   | abc                  | the token from the Discord developer portal",
                "DISCORD_TOKEN                   | bm90LWEtbnVtYmVy.x.y | the token from the Discord developer portal",
                "DISCORD_TOKEN                   | Bot MTIz.x.y         | leave that word out",
                "DISCORD_TOKEN_FILE              | /no/such/file        | there is no such file",
                "DISCORD_CONNECTION_TIMEOUT      | 0                    | a duration from 1ms",
                "DISCORD_CONNECTION_TIMEOUT      | -5                   | a duration from 1ms",
                "DISCORD_CONNECTION_TIMEOUT      | -PT5S                | a duration from 1ms",
                "DISCORD_CONNECTION_TIMEOUT      | 45 minutes           | for example 30 (seconds), 45s, 5m or PT1M",
                "DISCORD_CONNECTION_TIMEOUT      | 99999999999999999999 | a duration from 1ms",
                "DISCORD_HEARTBEAT_TIMEOUT       | 30000                | to 1h",
                "DISCORD_MAX_RECONNECT_ATTEMPTS  | 0                    | a whole number from 1",
                "DISCORD_MAX_RECONNECT_ATTEMPTS  | ten                  | a whole number from 1",
                "DISCORD_MAX_RECONNECT_ATTEMPTS  | 9999999999           | a whole number from 1",
                "DISCORD_EXHAUSTED_ACTION        | retyr                | did you mean retry?",
                "DISCORD_INTENTS                 | GUILDS,GUILD_MEMBRS  | did you mean GUILD_MEMBERS?",
                "DISCORD_INTENTS                 | GUILDS,              | divided by commas",
                "DISCORD_SHARD_COUNT             | 0                    | a whole number from 1",
                "DISCORD_SHARD_IDS               | 0                    | DISCORD_SHARD_COUNT beside it",
                "DISCORD_SHARD_IDS               | 0,0                  | different shard ids",
                "DISCORD_SHARD_IDS               | -1                   | different shard ids",
                "DISCORD_API_BASE_URL            | discord.com/api      | an http or https URL",
                "DISCORD_API_BASE_URL            | ftp://discord.com    | an http or https URL",
                "DISCORD_API_BASE_URL            | https://:443/api     | an http or https URL",
                "DISCORD_API_BASE_URL            | https://x/api?v=10   | an http or https URL",
                "DISCORD_API_BASE_URL            | http://x_y:65536     | an http or https URL",
                "DISCORD_API_BASE_URL            | http://x_y:0         | an http or https URL",
                "DISCORD_API_BASE_URL            | http://u@x_y         | an http or https URL",
                "DISCORD_MAX_BACKOFF             | 2s                   | at least DISCORD_RECONNECT_DELAY, which is 5",
                "GATEWATCH_MONITOR_INTERVAL      | 100ms                | a duration from 1s",
                "GATEWATCH_DATA_DIR              | /etc/hostname        | this is a file",
                "GATEWATCH_ALERT_TARGETS         | https://x.example/   | entry 1 does not begin with a kind and a colon",
                "GATEWATCH_ALERT_SECRET          | too short            | a secret of 24 characters or more",
                "GATEWATCH_ALERT_FLAP_LOSSES     | 1                    | a whole number from 2",
                "GATEWATCH_DEADMAN_URL           | hc-ping.com/1        | an http or https URL with a host",
                "GATEWATCH_DEADMAN_ON_FAILURE    | fial                 | did you mean fail?",
                "QUARKUS_HTTP_PORT               | 65536                | a whole number from 0 to 65535",
            })
    void refusesValue(String variable, String value, String expected) {
        ConfigReport report = check(Map.of(variable, value));

        assertThat(report.problems()).hasSize(1);
        assertThat(report.message()).contains(variable + " = ").contains(expected);
    }

    @Test
    void namesEveryProblemAtOnce() {
        String message = check(Map.of(
                        "DISCORD_RECONNECT_DELAY", "-5",
                        "DISCORD_INTENTS", "EVERYTHING",
                        "DISCORD_TOKEN", "hush",
                        "QUARKUS_HTTP_PORT", "http"))
                .message();

        assertThat(message)
                .startsWith("Gatewatch cannot start: 4 problems in its settings.")
                .contains("DISCORD_RECONNECT_DELAY = \"-5\"")
                .contains("DISCORD_INTENTS = \"EVERYTHING\"")
                .contains("DISCORD_TOKEN = (a secret, not shown)")
                .contains("QUARKUS_HTTP_PORT = \"http\"");
    }

    @Test
    void refusesAShardIdThatIsNotBelowTheCount() {
        ConfigReport report = check(Map.of("DISCORD_SHARD_COUNT", "2", "DISCORD_SHARD_IDS", "1,2"));

        assertThat(report.message()).contains("ids below DISCORD_SHARD_COUNT, which is 2");
    }

    @Test
    void refusesBothTokenSettings() throws IOException {
        ConfigReport report = check(Map.of("DISCORD_TOKEN", TOKEN, "DISCORD_TOKEN_FILE", tokenFile(TOKEN)));

        assertThat(report.message()).contains("DISCORD_TOKEN_FILE").contains("not both");
    }

    @Test
    void acceptsATokenFileWithATrailingNewline() throws IOException {
        assertThat(check(Map.of("DISCORD_TOKEN_FILE", tokenFile(TOKEN + "\n"))).isGood())
                .isTrue();
    }

    @Test
    void refusesAnEmptyTokenFile() throws IOException {
        assertThat(check(Map.of("DISCORD_TOKEN_FILE", tokenFile("\n"))).message())
                .contains("this one is empty");
    }

    @Test
    void takesEachSecretFromAFile() throws IOException {
        for (Setting setting : Setting.values()) {
            if (setting.canBeInFile()) {
                RawSettings raw = RawSettings.ofVariables(Map.of(setting.fileVariable(), tokenFile(" of the file\n")));
                assertThat(raw.valueOrDefault(setting)).as(setting.variable()).isEqualTo("of the file");
            }
        }
    }

    @Test
    void refusesASecretsFileThatCannotBeUsed() throws IOException {
        String empty = tokenFile("\n");
        assertThat(check(Map.of("GATEWATCH_ADMIN_TOKEN_FILE", "/no/such/file")).message())
                .contains("GATEWATCH_ADMIN_TOKEN_FILE = \"/no/such/file\"")
                .contains("a file that holds the value of GATEWATCH_ADMIN_TOKEN; there is no such file");
        assertThat(check(Map.of("GATEWATCH_ALERT_SECRET_FILE", empty)).message())
                .contains("this one is empty");
        assertThat(check(Map.of("GATEWATCH_READ_TOKEN_FILE", empty, "GATEWATCH_READ_TOKEN", LONG_TOKEN))
                        .message())
                .contains("either this or GATEWATCH_READ_TOKEN, not both; remove one");
    }

    @Test
    void doesNotShowASecretThatStandsInPlaceOfItsFile() {
        assertThat(check(Map.of(
                                "GATEWATCH_ADMIN_TOKEN_FILE", "hush-hush-token",
                                "GATEWATCH_ALERT_TARGETS_FILE", "discord:https://discord.com/api/webhooks/1/hush"))
                        .message())
                .contains("GATEWATCH_ADMIN_TOKEN_FILE = (a secret, not shown)")
                .doesNotContain("hush");
    }

    @Test
    void takesASecretsFileWithAByteOrderMarkAndRefusesASecondLine() throws IOException {
        assertThat(RawSettings.ofVariables(Map.of("GATEWATCH_ADMIN_TOKEN_FILE", tokenFile("\uFEFF" + LONG_TOKEN)))
                        .valueOrDefault(Setting.ADMIN_TOKEN))
                .isEqualTo(LONG_TOKEN);
        assertThat(check(Map.of("GATEWATCH_ADMIN_TOKEN_FILE", tokenFile(LONG_TOKEN + "\nmore")))
                        .message())
                .contains("in one line; this one has more");
    }

    @Test
    void checksWhatAFileHoldsAsIfItStoodInTheVariable() throws IOException {
        assertThat(check(Map.of("GATEWATCH_ADMIN_TOKEN_FILE", tokenFile("short")))
                        .message())
                .contains("GATEWATCH_ADMIN_TOKEN = (a secret, not shown)")
                .contains("a token of 24 characters or more");
    }

    @Test
    void wantsAnAdminTokenThatNobodyGuessesAndWarnsOfAReadToken() {
        assertThat(check(Map.of("GATEWATCH_ADMIN_TOKEN", "x".repeat(23))).isGood())
                .isFalse();
        assertThat(check(Map.of("GATEWATCH_ADMIN_TOKEN", LONG_TOKEN)).isGood()).isTrue();
        assertThat(check(Map.of("GATEWATCH_READ_TOKEN", "short")).warnings())
                .singleElement()
                .asString()
                .contains("GATEWATCH_READ_TOKEN has fewer than 24 characters");
    }

    @Test
    void neverShowsATokenWhereverItStands() {
        String message = check(Map.of(
                        "DISCORD_TOKEN",
                        "Bot " + TOKEN,
                        "DISCORD_TOKEN_FILE",
                        TOKEN,
                        "DISCORD_INTENTS",
                        TOKEN,
                        "DISCORD_API_BASE_URL",
                        "https://" + TOKEN + "@discord.com"))
                .message();

        assertThat(message)
                .doesNotContainIgnoringCase("MTIzNDU2")
                .doesNotContainIgnoringCase("GabcdE")
                .doesNotContainIgnoringCase("signature_of");
    }

    @Test
    void neverShowsATokenWhenPrinted() {
        RawSettings raw = RawSettings.ofVariables(Map.of("DISCORD_TOKEN", TOKEN));

        assertThat(raw.toString() + ConfigCheck.check(raw)).doesNotContain("MTIz");
    }

    @Test
    void treatsABlankVariableAsNotSet() {
        ConfigReport report =
                check(Map.of("DISCORD_TOKEN", "", "DISCORD_TOKEN_FILE", " ", "DISCORD_RECONNECT_DELAY", ""));

        assertThat(report.isGood()).isTrue();
    }

    @Test
    void warnsOfAnUnknownVariableWithTheNearestName() {
        ConfigReport report = check(Map.of("DISCORD_TOKN", "x", "GATEWATCH_UNHEARD_OF_ENTIRELY", "y"));

        assertThat(report.isGood()).isTrue();
        assertThat(report.warnings())
                .containsExactly(
                        "DISCORD_TOKN is not a setting of Gatewatch and is ignored; did you mean DISCORD_TOKEN?",
                        "GATEWATCH_UNHEARD_OF_ENTIRELY is not a setting of Gatewatch and is ignored");
    }

    @Test
    void keepsSilentAboutWhatKubernetesSetsForAService() {
        ConfigReport report = check(Map.of(
                "GATEWATCH_PORT", "tcp://10.0.0.1:5000",
                "GATEWATCH_PORT_5000_TCP_ADDR", "10.0.0.1",
                "GATEWATCH_SERVICE_HOST", "10.0.0.1",
                "GATEWATCH_SERVICE_PORT_HTTP", "5000"));

        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void warnsOfAHeartbeatTimeoutBelowDiscordsInterval() {
        assertThat(check(Map.of("DISCORD_HEARTBEAT_TIMEOUT", "30")).warnings())
                .singleElement()
                .asString()
                .contains("41.25 s");
    }

    @Test
    void warnsOfATokenSentUnencrypted() {
        assertThat(check(Map.of("DISCORD_API_BASE_URL", "http://proxy.example/api/v10"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("unencrypted");
    }

    @Test
    void warnsOfATokenSentUnencryptedToAHostWithAnUnderscoreToo() {
        assertThat(check(Map.of("DISCORD_API_BASE_URL", "http://discord_api:8080"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("http://discord_api:8080", "sends the bot token unencrypted");
    }

    @Test
    void wantsASecretWhenATargetIsSentSignedJson() {
        String targets = "json:https://ops.example/hush";
        String secret = "a secret of some length, hush";

        assertThat(check(Map.of("GATEWATCH_ALERT_TARGETS", targets)).message())
                .contains("GATEWATCH_ALERT_SECRET = (not set)")
                .contains("since GATEWATCH_ALERT_TARGETS names a json target")
                .doesNotContain("hush");
        assertThat(check(Map.of("GATEWATCH_ALERT_TARGETS", targets, "GATEWATCH_ALERT_SECRET", secret)))
                .satisfies(report -> assertThat(report.isGood()).isTrue())
                .satisfies(report -> assertThat(report.warnings()).isEmpty());
    }

    @Test
    void warnsWhenAnOutageOfDiscordSilencesEveryTarget() {
        assertThat(check(Map.of("GATEWATCH_ALERT_TARGETS", "discord:https://discord.com/api/webhooks/1/hush"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("an outage of Discord silences them all")
                .doesNotContain("hush");
    }

    @Test
    void warnsOfWebhooksWhoseSecretsWouldBeSeenOnTheWay() {
        assertThat(check(Map.of(
                                "GATEWATCH_ALERT_TARGETS", "slack:http://ops.example/hush slack:http://localhost/hush",
                                "GATEWATCH_DEADMAN_URL", "http://ping.example/hush"))
                        .warnings())
                .hasSize(2)
                .anyMatch(warning ->
                        warning.startsWith("GATEWATCH_ALERT_TARGETS sends the secrets of slack-1 unencrypted"))
                .anyMatch(warning -> warning.startsWith("GATEWATCH_DEADMAN_URL sends its secret unencrypted"))
                .noneMatch(warning -> warning.contains("hush"));
    }

    @Test
    void bringsValuesIntoTheFormTheServiceReads() {
        ConfigReport report = check(Map.of(
                "DISCORD_INTENTS", "guilds , guild_members",
                "DISCORD_EXHAUSTED_ACTION", "Stop",
                "DISCORD_API_BASE_URL", "http://localhost:1/api/v10/"));

        assertThat(report.accepted())
                .containsEntry(Setting.INTENTS, "GUILDS,GUILD_MEMBERS")
                .containsEntry(Setting.EXHAUSTED_ACTION, "stop")
                .containsEntry(Setting.API_BASE_URL, "http://localhost:1/api/v10");
    }

    private String tokenFile(String content) throws IOException {
        return Files.writeString(directory.resolve("token"), content).toString();
    }

    private static ConfigReport check(Map<String, String> variables) {
        return ConfigCheck.check(RawSettings.ofVariables(variables));
    }
}
