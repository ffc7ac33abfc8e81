package dev.gatewatch.gateway;

import discord4j.common.ReactorResources;
import discord4j.rest.http.client.ClientException;
import discord4j.rest.http.client.ClientRequest;
import discord4j.rest.http.client.ClientResponse;
import discord4j.rest.http.client.DiscordWebClient;
import discord4j.rest.request.DiscordWebRequest;
import discord4j.rest.request.DiscordWebResponse;
import discord4j.rest.request.Router;
import discord4j.rest.request.RouterOptions;
import discord4j.rest.route.Routes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The way of what answers an interaction: each request on its own, at once.
 *
 * <p>Discord4J sends one callback after the other, for the whole bot, and all edits and follow-ups likewise: one that hangs would
 * make the others miss Discord's 3 s. Discord counts them per interaction, and outside of the bot's global limit. A 429 is heeded
 * here when it asks for little; one that asks for more, or does not say, is the caller's to judge, as {@link ClientException}.
 * See [Discord Docs/Interactions/Receiving and Responding: Endpoints].
 */
final class InteractionRouter implements Router {

    private static final int RETRIES = 3;

    /** The longest wait that is waited here; a user waits no longer for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration SERVER_ERROR_PAUSE = Duration.ofMillis(250);

    private final DiscordWebClient web;
    private final ReactorResources resources;

    InteractionRouter(RouterOptions options) {
        resources = options.getReactorResources();
        web = new DiscordWebClient(
                resources.getHttpClient(),
                options.getExchangeStrategies(),
                options.getAuthorizationScheme(),
                options.getToken(),
                options.getResponseTransformers(),
                options.getDiscordBaseUrl());
    }

    /** Whether a request goes this way. */
    static boolean isMeant(DiscordWebRequest request) {
        return Routes.INTERACTION_RESPONSE_CREATE.equals(request.getRoute())
                || request.getRoute().getUriTemplate().startsWith("/webhooks/{webhook.id}/{webhook.token}");
    }

    @Override
    public DiscordWebResponse exchange(DiscordWebRequest request) {
        Mono<ClientResponse> answer = Mono.defer(() -> web.exchange(new ClientRequest(request)))
                .flatMap(InteractionRouter::accepted)
                .retryWhen(Retry.from(this::pauses));
        return new DiscordWebResponse(answer, resources);
    }

    private static Mono<ClientResponse> accepted(ClientResponse response) {
        return response.getHttpResponse().status().code() < 400
                ? Mono.just(response)
                : response.createException().flatMap(Mono::error);
    }

    private Flux<Long> pauses(Flux<Retry.RetrySignal> failures) {
        return failures.concatMap(signal -> {
            Duration pause = signal.totalRetries() < RETRIES ? pauseAfter(signal.failure()) : null;
            return pause == null ? Mono.error(signal.failure()) : Mono.delay(pause, resources.getTimerTaskScheduler());
        });
    }

    /** How long to wait before it is sent again; null when it shall not be. */
    private static @Nullable Duration pauseAfter(Throwable failure) {
        if (!(failure instanceof ClientException refusal)) {
            return null;
        }
        int status = refusal.getStatus().code();
        if (status >= 500) {
            return SERVER_ERROR_PAUSE;
        }
        Duration asked = RequestedPause.of(status, refusal.getHeaders());
        return asked != null && asked.compareTo(PATIENCE) <= 0 ? asked : null;
    }
}
