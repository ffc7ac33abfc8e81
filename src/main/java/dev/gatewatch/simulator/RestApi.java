package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers Discord's REST API under {@code /api} and {@code /api/v6} to {@code /api/v10}, as far as a bot needs it to live.
 *
 * <p>See [Discord Docs/Reference/HTTP API].
 */
final class RestApi {

    private static final Pattern BASE = Pattern.compile("/api(?:/v([0-9]+))?(/.*)");
    private static final Set<String> VERSIONS = Set.of("6", "7", "8", "9", "10");
    private static final Pattern COMMANDS =
            Pattern.compile("/applications/([0-9]+)((?:/guilds/[0-9]+)?/commands)(?:/([0-9]+))?");
    private static final Pattern CALLBACK = Pattern.compile("/interactions/([0-9]+)/([^/]+)/callback");
    private static final Pattern WEBHOOK = Pattern.compile("/webhooks/([0-9]+)/([^/]+)(?:/messages/([^/]+))?");
    private static final String AUTHORIZATION_PREFIX = "Bot ";

    private final Gateway gateway;
    private final RateLimits rateLimits;
    private final ChannelRoutes channels;

    RestApi(Gateway gateway) {
        this.gateway = gateway;
        this.rateLimits = new RateLimits(gateway.violations());
        this.channels = new ChannelRoutes(gateway);
    }

    Reply answer(HttpCall call) {
        Matcher base = BASE.matcher(call.path());
        if (!base.matches()) {
            return Reply.error(404, "Not Found");
        }
        if (base.group(1) != null && !VERSIONS.contains(base.group(1))) {
            return Reply.error(400, "Invalid API version provided", 50041);
        }
        String path = base.group(2);
        Reply limited = rateLimits.refusal(call.method(), path, System.currentTimeMillis());
        Reply reply = limited != null ? limited : route(call, path);
        return reply.with(rateLimits.headers(call.method(), path, System.currentTimeMillis()));
    }

    private Reply route(HttpCall call, String path) {
        boolean get = call.method().equals("GET");
        if (get && path.equals("/gateway")) {
            return Reply.json(200, Json.object().put("url", terms(call).gatewayUrl()));
        }
        Matcher callback = CALLBACK.matcher(path); // these carry their token in the path
        if (callback.matches()) {
            return gateway.interactions().callback(callback.group(1), callback.group(2), call);
        }
        Matcher webhook = WEBHOOK.matcher(path);
        if (webhook.matches()) {
            return gateway.interactions().webhook(webhook.group(2), webhook.group(3), call);
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
        Reply ofChannel = channels.answer(call, path, bot);
        if (ofChannel != null) {
            return ofChannel;
        }
        if (!get) {
            return Reply.error(404, "Not Found");
        }
        return switch (path) {
            case "/gateway/bot" -> Reply.json(200, gatewayBot(terms(call)));
            case "/users/@me" -> Reply.json(200, bot.user());
            case "/applications/@me", "/oauth2/applications/@me" -> Reply.json(200, bot.application());
            default -> new GuildRoutes(gateway, bot).answer(call, path);
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
            if (!call.method().equals("GET")) {
                gateway.counters().commandWrites++;
            }
            return gateway.commands().answer(call.method(), path.group(1), path.group(2), path.group(3), body);
        } catch (IOException e) {
            return Reply.error(400, "The request body contains invalid JSON.", 50109);
        }
    }

    private Terms terms(HttpCall call) {
        return gateway.faults().terms(Terms.of(gateway, call));
    }

    private static String token(HttpCall call) {
        String authorization = call.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return authorization.startsWith(AUTHORIZATION_PREFIX)
                ? authorization.substring(AUTHORIZATION_PREFIX.length())
                : "";
    }
}
