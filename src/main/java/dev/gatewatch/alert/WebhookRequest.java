package dev.gatewatch.alert;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a webhook.
 *
 * @param url where
 * @param headers beside those of every request
 * @param body JSON
 */
record WebhookRequest(URI url, Map<String, String> headers, String body) {

    /**
     * The request that tells a target this message.
     *
     * @param signature signs what goes to {@code json} targets; null when there are none
     */
    static WebhookRequest of(Target target, AlertMessage message, @Nullable Signature signature, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Gatewatch/1.0");
        headers.put("Idempotency-Key", message.id());
        return switch (target.kind()) {
            case DISCORD -> new WebhookRequest(confirmed(target.url()), headers, DiscordPayload.of(message));
            case SLACK -> new WebhookRequest(target.url(), headers, SlackPayload.of(message));
            case JSON -> {
                String body = AlertJson.write(message);
                headers.put("webhook-id", message.id());
                headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
                if (signature != null) {
                    headers.put("webhook-signature", signature.of(message.id(), now, body));
                }
                yield new WebhookRequest(target.url(), headers, body);
            }
        };
    }

    /** Discord answers only when the message is saved if it is asked to wait. See [Discord Docs/Webhook Resource/Execute Webhook]. */
    private static URI confirmed(URI url) {
        String query = url.getRawQuery();
        return URI.create(url + (query == null ? "?" : "&") + "wait=true");
    }

    /** Never the URL, which is a secret. */
    @Override
    public String toString() {
        return "WebhookRequest[hidden]";
    }
}
