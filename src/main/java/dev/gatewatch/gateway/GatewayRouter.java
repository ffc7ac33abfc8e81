package dev.gatewatch.gateway;

import discord4j.common.ReactorResources;
import discord4j.discordjson.json.GatewayData;
import discord4j.rest.request.DiscordWebRequest;
import discord4j.rest.request.DiscordWebResponse;
import discord4j.rest.request.Router;
import discord4j.rest.route.Routes;
import reactor.core.publisher.Mono;

/**
 * Discord4J's way to the REST API, but for Get Gateway, which it would retry silently and for ever: that one is answered from
 * the {@link GatewayDirectory}.
 */
final class GatewayRouter implements Router {

    private final Router router;
    private final GatewayDirectory directory;
    private final ReactorResources resources;

    GatewayRouter(Router router, GatewayDirectory directory, ReactorResources resources) {
        this.router = router;
        this.directory = directory;
        this.resources = resources;
    }

    @Override
    public DiscordWebResponse exchange(DiscordWebRequest request) {
        if (!Routes.GATEWAY_GET.equals(request.getRoute())) {
            return router.exchange(request);
        }
        Mono<GatewayData> known = directory
                .first()
                .map(answer -> GatewayData.builder().url(answer.url()).build());
        return new DiscordWebResponse(Mono.empty(), resources) {
            @Override
            public <T> Mono<T> bodyToMono(Class<T> type) {
                return known.cast(type);
            }
        };
    }
}
