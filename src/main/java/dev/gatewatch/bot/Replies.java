package dev.gatewatch.bot;

import dev.gatewatch.connection.RetryAfter;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.core.spec.InteractionApplicationCommandCallbackSpec;
import discord4j.core.spec.InteractionCallbackSpec;
import discord4j.core.spec.InteractionFollowupCreateSpec;
import discord4j.core.spec.InteractionReplyEditSpec;
import discord4j.rest.http.client.ClientException;
import discord4j.rest.util.AllowedMentions;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Sends answers to Discord, each with a deadline. Errors are Discord's refusals, I/O errors and timeouts.
 *
 * <p>A first response has 3 s, so it is sent again once at most; an edit has minutes, and waits as long as Discord asks. See
 * [Discord Docs/Interactions/Receiving and Responding].
 */
final class Replies {

    private static final Duration FIRST_RESPONSE = Duration.ofSeconds(3);
    private static final Duration EDIT = Duration.ofSeconds(15);
    private static final int EDIT_RETRIES = 4;

    /** When a 429 does not say how long to wait, as Cloudflare's do not. */
    private static final Duration UNTOLD = Duration.ofSeconds(60);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Scheduler clock;

    Replies(Scheduler clock) {
        this.clock = clock;
    }

    /** The answer as the first response. */
    Mono<Void> reply(ChatInputInteractionEvent event, Answer answer, boolean ephemeral) {
        return first(event.reply(InteractionApplicationCommandCallbackSpec.builder()
                .content(answer.text())
                .addAllEmbeds(answer.embeds())
                .allowedMentions(AllowedMentions.suppressAll())
                .ephemeral(ephemeral)
                .build()));
    }

    /** "The bot is thinking…" as the first response: the answer comes later. */
    Mono<Void> defer(ChatInputInteractionEvent event, boolean ephemeral) {
        return first(event.deferReply(
                InteractionCallbackSpec.builder().ephemeral(ephemeral).build()));
    }

    /** The answer in the place of "thinking…". */
    Mono<Void> edit(ChatInputInteractionEvent event, Answer answer) {
        return later(event.editReply(InteractionReplyEditSpec.builder()
                .contentOrNull(answer.text())
                .embedsOrNull(answer.embeds())
                .allowedMentionsOrNull(AllowedMentions.suppressAll())
                .build()));
    }

    /** The answer as a message after the first response. */
    Mono<Void> followUp(ChatInputInteractionEvent event, Answer answer, boolean ephemeral) {
        return later(event.createFollowup(InteractionFollowupCreateSpec.builder()
                .content(answer.text())
                .addAllEmbeds(answer.embeds())
                .allowedMentions(AllowedMentions.suppressAll())
                .ephemeral(ephemeral)
                .build()));
    }

    /** A request whose answer was lost may have arrived: then the second one is told that it is acknowledged already. */
    private Mono<Void> first(Mono<Void> request) {
        return request.onErrorResume(
                        IOException.class,
                        lost -> request.onErrorResume(
                                error -> RestError.code(error) == RestError.ALREADY_ACKNOWLEDGED, own -> Mono.empty()))
                .timeout(FIRST_RESPONSE, clock);
    }

    private Mono<Void> later(Mono<?> request) {
        return request.timeout(EDIT, clock).retryWhen(Retry.from(this::pauses)).then();
    }

    private Flux<Long> pauses(Flux<Retry.RetrySignal> failures) {
        return failures.concatMap(signal -> {
            Duration pause = pauseAfter(signal.failure(), signal.totalRetries());
            return pause == null || signal.totalRetries() >= EDIT_RETRIES
                    ? Mono.error(signal.failure())
                    : Mono.delay(pause, clock);
        });
    }

    private static @Nullable Duration pauseAfter(Throwable failure, long retries) {
        int status = RestError.status(failure);
        if (failure instanceof ClientException refusal && status == 429) {
            return asked(refusal.getHeaders().get("Retry-After"));
        }
        return status >= 500 || failure instanceof IOException ? Duration.ofSeconds(1L << retries) : null;
    }

    private static Duration asked(@Nullable String retryAfter) {
        Duration asked = RetryAfter.seconds(retryAfter).orElse(UNTOLD); // a date is in seconds by now
        return asked.compareTo(LONGEST_WAIT) <= 0 ? asked : LONGEST_WAIT;
    }
}
