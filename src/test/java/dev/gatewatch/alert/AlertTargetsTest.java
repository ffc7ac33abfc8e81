package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTargetsTest {

    private static final String DISCORD = "discord:https://discord.com/api/webhooks/123/hush-hush_1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                DISCORD + " slack:https://hooks.slack.com/services/T/B/x json:http://localhost:9/hook?a=1,",
                DISCORD + "\n  slack:https://hooks.slack.com/services/T/B/x,\n  json:http://localhost:9/hook?a=1\n",
                "DISCORD:https://discord.com/api/webhooks/123/hush-hush_1,slack:https://hooks.slack.com/services/T/B/x json:http://localhost:9/hook?a=1",
            })
    void readsAListHoweverItIsDivided(String text) {
        assertThat(AlertTargets.parse(text.replaceAll(",$", "")).list())
                .extracting(Target::name)
                .containsExactly("discord-1", "slack-2", "json-3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://discord.com/api/webhooks/1/x             | entry 1 does not begin with a kind and a colon",
                "teams:https://example.org/x                      | entry 1 does not begin with a kind and a colon",
                "slack:https://example.org/a json:example.org/hush | what follows \"json:\" in entry 2 is not an http or https URL",
                "json:ftp://example.org/hush                      | in entry 1 is not an http or https URL",
                "json:https://user:hush@example.org/              | in entry 1 is not an http or https URL",
                "json:http://169.254.169.254/latest               | in entry 1 is not an http or https URL",
                "json:https://example.org/hush#x                  | in entry 1 is not an http or https URL",
                "discord:https://discord.com/channels/1/hush      | does not end in /webhooks/<id>/<token>",
                "json:https://example.org/hush json:https://example.org/hush | entry 2 is there twice",
            })
    void refusesAWrongListWithoutShowingIt(String text, String expected) {
        assertThatThrownBy(() -> AlertTargets.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("for example discord:https://discord.com/api/webhooks/1234/abcd")
                .message()
                .doesNotContain("hush");
    }

    @Test
    void knowsATargetByItsUrlWhereverItStands() {
        Target first = AlertTargets.parse(DISCORD).list().get(0);
        Target third = AlertTargets.parse("json:https://a.example/ json:https://b.example/ " + DISCORD)
                .list()
                .get(2);

        assertThat(third.key()).isEqualTo(first.key()).matches("discord-[0-9a-f]{16}");
        assertThat(third.name()).isEqualTo("discord-3");
        assertThat(first + "" + new Parcel(first.key(), Messages.message("1"), 0, Messages.NOW))
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({
        "discord:https://discord.com/api/webhooks/1/x slack:https://canary.discord.com/api/webhooks/1/x/slack, true",
        "discord:https://proxy.example/webhooks/1/x, true",
        "discord:https://discord.com/api/webhooks/1/x json:https://example.org/, false",
        "json:https://notdiscord.com/, false",
    })
    void knowsWhetherAnOutageOfDiscordSilencesAll(String text, boolean all) {
        assertThat(AlertTargets.parse(text).allLiveOnDiscord()).isEqualTo(all);
    }

    @Test
    void takesHostsWithAnUnderscoreAsContainersHaveThem() {
        AlertTargets targets = AlertTargets.parse("json:http://alert_relay:8080/hook json:http://[::1]:9/x");

        assertThat(targets.list())
                .extracting(target -> AlertTargets.host(target.url()))
                .containsExactly("alert_relay", "[::1]");
        assertThat(targets.exposed()).containsExactly("json-1");
        assertThat(targets.allLiveOnDiscord()).isFalse();
        assertThat(AlertTargets.ping("http://dead_man/1")).hasToString("http://dead_man/1");
        assertThatThrownBy(() -> AlertTargets.ping("http://user:x@dead_man/1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AlertTargets.ping("http://dead_man:99999/1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesTheTargetsWhoseSecretsWouldBeSeenOnTheWay() {
        assertThat(AlertTargets.parse("json:http://127.0.0.1/ json:http://ops.example/ json:https://ops.example/")
                        .exposed())
                .containsExactly("json-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "whsec_no base64 at all, really", "whsec_"})
    void refusesAWeakSecretWithoutShowingIt(String secret) {
        assertThatThrownBy(() -> AlertTargets.checkSecret(secret))
                .hasMessageContaining("a secret of 24 characters or more")
                .message()
                .doesNotContain("really");
    }

    @Test
    void tellsOfAFailureBelowTheUrl() {
        assertThat(DeadMan.failing(URI.create("https://hc-ping.com/1-2-3/")))
                .isEqualTo(URI.create("https://hc-ping.com/1-2-3/fail"));
        assertThat(DeadMan.failing(URI.create("https://up.example/p/1?m=%20x")))
                .isEqualTo(URI.create("https://up.example/p/1/fail?m=%20x"));
    }
}
