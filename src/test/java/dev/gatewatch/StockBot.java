package dev.gatewatch;

import discord4j.core.DiscordClient;
import discord4j.core.GatewayDiscordClient;
import discord4j.core.shard.ShardingStrategy;
import discord4j.rest.request.RouterOptions;

/**
 * The reference: a bot on Discord4J 3.3.2 as it comes, with its own retry and its own idea of a dead connection.
 *
 * <p>{@code StockBot API_BASE_URL TOKEN} runs until it is killed. See {@link StockComparisonIT} and the README's performance.
 */
final class StockBot {

    private StockBot() {}

    public static void main(String... arguments) {
        String apiBaseUrl = arguments[0];
        String token = arguments[1];
        GatewayDiscordClient client = DiscordClient.builder(token)
                .setExtraOptions(options -> withBaseUrl(options, apiBaseUrl))
                .build()
                .gateway()
                .setSharding(ShardingStrategy.recommended())
                .login()
                .block();
        if (client == null) {
            throw new IllegalStateException("login ended without a client");
        }
        client.onDisconnect().block();
    }

    private static RouterOptions withBaseUrl(RouterOptions options, String apiBaseUrl) {
        return new RouterOptions(
                options.getToken(),
                options.getReactorResources(),
                options.getExchangeStrategies(),
                options.getResponseTransformers(),
                options.getGlobalRateLimiter(),
                options.getRequestQueueFactory(),
                apiBaseUrl);
    }
}
