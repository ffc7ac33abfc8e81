package dev.gatewatch.gateway;

import dev.gatewatch.connection.Failure;
import discord4j.common.ReactorResources;
import discord4j.discordjson.json.GatewayData;
import discord4j.rest.request.DiscordWebRequest;
import discord4j.rest.request.DiscordWebResponse;
import discord4j.rest.request.Router;
import discord4j.rest.route.Routes;
import reactor.core.publisher.Mono;

/**
 * Discord4J's way to the REST API, but for Get Gateway, which it would retry silently and for ever: that one is answered here,
 * with a URL that nobody uses: the supervisor knows where to connect.
 */
final class GatewayRouter implements Router {

    private final Router router;
    private final InteractionRouter interactions;
    private final RequestGuard guard;
    private final ReactorResources resources;

    GatewayRouter(Router router, InteractionRouter interactions, RequestGuard guard, ReactorResources resources) {
        this.router = router;
        this.interactions = interactions;
        this.guard = guard;
        this.resources = resources;
    }

    @Override
    public DiscordWebResponse exchange(DiscordWebRequest request) {
        if (!Routes.GATEWAY_GET.equals(request.getRoute())) {
            return guarded(
                    InteractionRouter.isMeant(request) ? interactions.exchange(request) : router.exchange(request));
        }
        return new DiscordWebResponse(Mono.empty(), resources) {
            @Override
            public <T> Mono<T> bodyToMono(Class<T> type) {
                return Mono.fromSupplier(GatewayRouter::unused).cast(type);
            }
        };
    }

    private DiscordWebResponse guarded(DiscordWebResponse response) {
        return new DiscordWebResponse(
                guard.admission()
                        .then(Mono.defer(response::mono))
                        .onErrorMap(NumberFormatException.class, GatewayRouter::untoldPause),
                resources);
    }

    /** Discord4J stumbles over a 429 that does not say for how long, as Cloudflare's do not. */
    private static ConnectionEnded untoldPause(NumberFormatException stumbled) {
        return new ConnectionEnded(
                Failure.http(429, "Discord asks for a pause (HTTP 429) without saying for how long", null));
    }

    private static GatewayData unused() {
        return GatewayData.builder().url("wss://gateway.discord.gg").build();
    }
}
