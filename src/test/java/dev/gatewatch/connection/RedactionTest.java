package dev.gatewatch.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private static final String TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.the_secret-signature_of_27c";

    @Test
    void hidesATokenWhereverTextsComeFromElsewhere() {
        assertThat(Failure.closed(4000, "bad " + TOKEN + "!").message()).endsWith(": bad (token hidden)!");
        assertThat(new ConnectionEvent.ErrorOccurred(0, Instant.EPOCH, "X", "a " + TOKEN).message())
                .isEqualTo("a (token hidden)");
        assertThat(new ConnectionEvent.OperatorActed(0, Instant.EPOCH, OperatorAction.STOP, "::1", TOKEN + " leaked")
                        .reason())
                .isEqualTo("(token hidden) leaked");
    }

    @Test
    void hidesTheTokensThatStandInPaths() {
        assertThat(Redaction.hide("404 for /interactions/12/aW50ZXJhY3Rpb24/callback?wait=true"))
                .isEqualTo("404 for /interactions/12/(token hidden)/callback?wait=true");
        assertThat(Redaction.hide("POST https://discord.com/api/webhooks/34/s3cr-et_"))
                .isEqualTo("POST https://discord.com/api/webhooks/34/(token hidden)");
    }

    @Test
    void hidesPasswordsInUrls() {
        assertThat(Redaction.hide("jdbc:postgresql://db/x?user=u&sslpassword=hush&ssl=true"))
                .isEqualTo("jdbc:postgresql://db/x?user=u&sslpassword=(token hidden)&ssl=true");
        assertThat(Redaction.hide("GET /discord-status?access_token=hush HTTP/1.1"))
                .isEqualTo("GET /discord-status?access_token=(token hidden) HTTP/1.1");
        assertThat(Redaction.hide("http://me:hush@proxy:3128/")).isEqualTo("http://me:(token hidden)@proxy:3128/");
    }

    @Test
    void hidesWhatAuthorizesARequest() {
        assertThat(Redaction.hide("authorization: Bearer hush")).isEqualTo("authorization: Bearer (token hidden)");
        assertThat(Redaction.hide("Authorization=[hush]")).doesNotContain("hush");
        assertThat(Redaction.hide("This needs the header \"Authorization: Bearer <token>\""))
                .isEqualTo("This needs the header \"Authorization: Bearer <token>\"");
    }

    @Test
    void leavesOtherTextsAlone() {
        String text =
                "java.net.UnknownHostException: gateway-us-east1-b.discord.gg at dev.gatewatch.gateway.Failures.of 1.2.3";

        assertThat(Redaction.hide(text)).isEqualTo(text);
    }
}
