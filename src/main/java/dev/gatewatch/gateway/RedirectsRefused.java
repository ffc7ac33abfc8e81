package dev.gatewatch.gateway;

import discord4j.rest.http.client.ClientResponse;
import discord4j.rest.request.DiscordWebRequest;
import discord4j.rest.response.ResponseFunction;
import java.io.IOException;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Makes an error of a redirect, which Discord4J takes for a success without a body. */
final class RedirectsRefused implements ResponseFunction {

    @Override
    public Function<Mono<ClientResponse>, Mono<ClientResponse>> transform(DiscordWebRequest request) {
        return answer -> answer.flatMap(response -> {
            int status = response.getHttpResponse().status().code();
            return status >= 300 && status < 400
                    ? Mono.error(new IOException("Discord's API answered with a redirect (HTTP " + status
                            + "), which is not followed, since the token would go along: check DISCORD_API_BASE_URL"))
                    : Mono.just(response);
        });
    }
}
