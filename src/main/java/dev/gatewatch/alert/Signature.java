package dev.gatewatch.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks say: HMAC-SHA256 over {@code id.timestamp.body}, in base64, after {@code v1,}.
 *
 * <p>A secret that begins with {@code whsec_} is base64 behind it; any other is taken as it is. See [standardwebhooks.com].
 */
final class Signature {

    private static final String PREFIX = "whsec_";

    private final SecretKeySpec key;

    private Signature(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /**
     * A signature with this secret.
     *
     * @throws IllegalArgumentException when it begins with {@code whsec_} and base64 does not follow, or when it is empty
     */
    static Signature with(String secret) {
        return new Signature(
                secret.startsWith(PREFIX)
                        ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                        : secret.getBytes(StandardCharsets.UTF_8));
    }

    /** The value of the header {@code webhook-signature}. */
    String of(String id, Instant timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            String signed = id + "." + timestamp.getEpochSecond() + "." + body;
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
