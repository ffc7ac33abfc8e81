package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers Discord's REST API under {@code /api}, {@code /api/v9} and {@code /api/v10}, as far as a bot needs it to live.
 *
 * <p>See [Discord Docs/Reference/HTTP API].
 */
final class RestApi {

    private static final Pattern BASE = Pattern.compile("/api(?:/v(?:9|10))?(/.*)");
    private static final Pattern COMMANDS =
            Pattern.compile("/applications/([0-9]+)((?:/guilds/[0-9]+)?/commands)(?:/([0-9]+))?");
    private static final Pattern CALLBACK = Pattern.compile("/interactions/[0-9]+/[^/]+/callback");
    private static final Pattern WEBHOOK = Pattern.compile("/webhooks/[0-9]+/[^/]+(?:/messages/[^/]+)?");
    private static final String AUTHORIZATION_PREFIX = "Bot ";

    private final Gateway gateway;
    private final ApplicationCommands commands = new ApplicationCommands();
    private final RateLimits rateLimits;

    RestApi(Gateway gateway) {
        this.gateway = gateway;
        this.rateLimits = new RateLimits(gateway.violations());
    }

    Reply answer(HttpCall call) {
        Matcher base = BASE.matcher(call.path());
        if (!base.matches()) {
            return Reply.error(404, "Not Found");
        }
        String path = base.group(1);
        Reply limited = rateLimits.refusal(call.method(), path, System.currentTimeMillis());
        Reply reply = limited != null ? limited : route(call, path);
        return reply.with(rateLimits.headers(call.method(), path, System.currentTimeMillis()));
    }

    private Reply route(HttpCall call, String path) {
        boolean get = call.method().equals("GET");
        if (get && path.equals("/gateway")) {
            return Reply.json(200, Json.object().put("url", terms(call).gatewayUrl()));
        }
        if (CALLBACK.matcher(path).matches()
                || WEBHOOK.matcher(path).matches()) { // these carry their token in the path
            return interaction(call, path);
        }
        String token = token(call);
        if (!gateway.tokens().accepts(token)) {
            return Reply.error(401, "Unauthorized");
        }
        Bot bot = new Bot(Tokens.botId(token));
        Matcher command = COMMANDS.matcher(path);
        if (command.matches()) {
            return commands(call, command);
        }
        return switch (get ? path : "") {
            case "/gateway/bot" -> Reply.json(200, gatewayBot(terms(call)));
            case "/users/@me" -> Reply.json(200, bot.user());
            case "/applications/@me", "/oauth2/applications/@me" -> Reply.json(200, bot.application());
            default -> Reply.error(404, "Not Found");
        };
    }

    /** See [Discord Docs/Gateway/Get Gateway Bot]. */
    private ObjectNode gatewayBot(Terms terms) {
        ObjectNode body = Json.object()
                .put("url", terms.gatewayUrl())
                .put("shards", gateway.rules().shards());
        body.putObject("session_start_limit")
                .put("total", gateway.ledger().total())
                .put("remaining", terms.remaining())
                .put("reset_after", terms.resetAfter())
                .put("max_concurrency", terms.maxConcurrency());
        return body;
    }

    private Reply commands(HttpCall call, Matcher path) {
        try {
            JsonNode body = call.body().length == 0 ? Json.object() : call.json();
            return commands.answer(call.method(), path.group(1), path.group(2), path.group(3), body);
        } catch (IOException e) {
            return Reply.json(
                    400, Json.object().put("message", "400: Bad Request").put("code", 0));
        }
    }

    private Reply interaction(HttpCall call, String path) {
        JsonNode body;
        try {
            body = call.body().length == 0 ? Json.object() : call.json();
        } catch (IOException e) {
            body = Json.object().put("notJson", call.body().length); // multipart, e.g. with a file
        }
        ObjectNode record = Json.object().put("at", System.currentTimeMillis()).put("method", call.method());
        record.put("path", path).set("body", body);
        gateway.interactions().add(record);
        if (path.endsWith("/callback")) {
            return Reply.empty();
        }
        return call.method().equals("DELETE") ? Reply.empty() : Reply.json(200, message(body));
    }

    /** See [Discord Docs/Message/Message Object]. */
    private static ObjectNode message(JsonNode body) {
        ObjectNode message = Json.object().put("id", "1100000000000000002").put("channel_id", "1100000000000000003");
        message.put("type", 0)
                .put("content", body.path("content").asText(""))
                .put("tts", false)
                .put("pinned", false);
        message.put("timestamp", "2026-01-01T00:00:00.000000+00:00")
                .putNull("edited_timestamp")
                .put("flags", 0);
        message.put("mention_everyone", false).putArray("mentions");
        message.putArray("mention_roles");
        message.putArray("attachments");
        message.putArray("embeds");
        message.putArray("components");
        message.set("author", new Bot(1100000000000000001L).user());
        return message;
    }

    private Terms terms(HttpCall call) {
        return gateway.faults()
                .terms(Terms.of(gateway, call.host(gateway.listener().port())));
    }

    private static String token(HttpCall call) {
        String authorization = call.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return authorization.startsWith(AUTHORIZATION_PREFIX)
                ? authorization.substring(AUTHORIZATION_PREFIX.length())
                : "";
    }
}
