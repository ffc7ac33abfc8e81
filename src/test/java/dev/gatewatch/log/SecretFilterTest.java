package dev.gatewatch.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecretFilterTest {

    private final SecretFilter filter = new SecretFilter();

    @BeforeAll
    static void configure() {
        KnownSecrets.add("json:https://ops.example/hush-hush-path?key=hush-hush-query");
        KnownSecrets.add("https://ping.example/check?id=hush-hush-id&token=t");
        KnownSecrets.addDatabase(
                "postgresql://gatewatch:hush-hush%21word@database/gatewatch?sslpassword=hush-hush-key");
        KnownSecrets.add("hush-hush-token");
        KnownSecrets.add("short");
    }

    @Test
    void hidesConfiguredSecretsInAnyLine() {
        assertThat(line("GET /hush-hush-path?key=hush-hush-query from ops.example"))
                .doesNotContain("hush-hush");
        assertThat(line("logged in with hush-hush%21word, hush-hush!word, hush-hush-key and hush-hush-token"))
                .isEqualTo("logged in with (secret hidden), (secret hidden), (secret hidden) and (secret hidden)");
    }

    @Test
    void hidesAKnownSecretOfWhichAPartHasAForm() {
        assertThat(line("GET /check?id=hush-hush-id&token=t HTTP/1.1")).doesNotContain("hush-hush");
    }

    @Test
    void hidesOnceWhatIsKnownAndHasAForm() {
        assertThat(line("GET /a?token=hush-hush-token HTTP/1.1")).isEqualTo("GET /a?token=(secret hidden) HTTP/1.1");
        assertThat(line("/webhooks/1/hush-hush-token/x")).isEqualTo("/webhooks/1/(secret hidden)/x");
    }

    @Test
    void leavesADatabasesNameAndUserAlone() {
        assertThat(line("History in gatewatch of database, dev.gatewatch.X"))
                .isEqualTo("History in gatewatch of database, dev.gatewatch.X");
    }

    @Test
    void tellsTheTypeOfAHiddenExceptionInItsMessageToo() {
        assertThat(SecretFilter.hide(new IOException("hush-hush-token")))
                .hasMessage("java.io.IOException: (secret hidden)");
    }

    @Test
    void hidesSecretsInParametersToo() {
        ExtLogRecord record = new ExtLogRecord(
                Level.FINE,
                "%s of {0}",
                ExtLogRecord.FormatStyle.PRINTF,
                getClass().getName());
        record.setParameters(new Object[] {"hush-hush-token"});
        assertThat(filter.isLoggable(record)).isTrue();
        assertThat(new PatternFormatter("%s").formatMessage(record)).isEqualTo("(secret hidden) of {0}");
    }

    @Test
    void leavesShortValuesAlone() {
        assertThat(line("a short line, 100 %")).isEqualTo("a short line, 100 %");
    }

    @Test
    void hidesSecretsInExceptionsAndTheirCauses() {
        IOException cause = new IOException("connect to hush-hush-token");
        IllegalStateException thrown = new IllegalStateException("outer", cause);
        thrown.addSuppressed(new IOException("hush-hush-key"));
        ExtLogRecord record = record("failed");
        record.setThrown(thrown);
        filter.isLoggable(record);

        StringWriter printed = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString())
                .doesNotContain("hush-hush")
                .contains("java.lang.IllegalStateException: outer")
                .contains("Caused by: java.io.IOException: connect to (secret hidden)")
                .contains("at dev.gatewatch.log.SecretFilterTest");
    }

    @Test
    void keepsAnExceptionWithoutSecretsAsItIs() {
        IllegalStateException thrown = new IllegalStateException("outer", new IOException("inner"));
        ExtLogRecord record = record("failed");
        record.setThrown(thrown);
        filter.isLoggable(record);
        assertThat(record.getThrown()).isSameAs(thrown);
    }

    private String line(String text) {
        ExtLogRecord record = record(text);
        assertThat(filter.isLoggable(record)).isTrue();
        return new PatternFormatter("%s").formatMessage(record);
    }

    private static ExtLogRecord record(String text) {
        return new ExtLogRecord(Level.FINE, text, ExtLogRecord.FormatStyle.NO_FORMAT, SecretFilterTest.class.getName());
    }
}
