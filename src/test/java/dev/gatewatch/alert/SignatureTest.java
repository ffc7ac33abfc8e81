package dev.gatewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- verify:begin -->\\s*```bash\\n(.*?)```\\s*<!-- verify:end -->", Pattern.DOTALL);
    private static final String BODY = "{\"title\":\"it's \\\"down\\\"; słowa 言葉 $HOME `id`\"}";

    /** The example of the Standard Webhooks project. */
    @Test
    void signsAsStandardWebhooksDo() {
        String signature = Signature.with("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .of("msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1_614_265_330), "{\"test\": 2432232314}");

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    /** The README's example for receivers, run as it is printed. */
    @Test
    void isVerifiedByTheExampleOfTheReadme() throws Exception {
        String secret = "a secret of some length, with spaces & signs";
        String signature = Signature.with(secret).of("01ABC", Instant.ofEpochSecond(1_700_000_000), BODY);

        assertThat(runExample(secret, "01ABC", "1700000000", signature, BODY)).isZero();
        assertThat(runExample(secret, "01ABC", "1700000000", signature, BODY + " "))
                .isNotZero();
        assertThat(runExample(secret, "01ABC", "1700000001", signature, BODY)).isNotZero();
        assertThat(runExample(secret, "01ABD", "1700000000", signature, BODY)).isNotZero();
        assertThat(runExample("another secret of some length", "01ABC", "1700000000", signature, BODY))
                .isNotZero();
    }

    private static int runExample(String secret, String id, String timestamp, String signature, String body)
            throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("README.md"), StandardCharsets.UTF_8));
        assertThat(example.find()).as("the README's example").isTrue();
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", example.group(1)).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("GATEWATCH_ALERT_SECRET", secret);
        builder.environment().put("WEBHOOK_ID", id);
        builder.environment().put("WEBHOOK_TIMESTAMP", timestamp);
        builder.environment().put("WEBHOOK_SIGNATURE", signature);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
