package com.example;

import dev.gatewatch.bot.Answer;
import dev.gatewatch.bot.SlashCommand;
import dev.gatewatch.bot.WrongInputException;
import discord4j.core.event.domain.interaction.ChatInputInteractionEvent;
import discord4j.core.object.command.ApplicationCommandOption;
import discord4j.discordjson.json.ApplicationCommandOptionData;
import discord4j.rest.util.Permission;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** {@code /greet name:Ada}: for members who may send messages, once in 10 seconds. */
@Singleton
public class GreetCommand implements SlashCommand {

    @Override
    public String name() {
        return "greet";
    }

    @Override
    public String description() {
        return "Greets somebody";
    }

    @Override
    public List<ApplicationCommandOptionData> options() {
        return List.of(ApplicationCommandOptionData.builder()
                .name("name")
                .description("Whom to greet")
                .type(ApplicationCommandOption.Type.STRING.getValue())
                .required(true)
                .maxLength(80)
                .build());
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.SEND_MESSAGES);
    }

    @Override
    public Duration cooldown() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Mono<Answer> handle(ChatInputInteractionEvent event) {
        String name = event.getOptionAsString("name").orElseThrow();
        if (name.isBlank()) {
            throw new WrongInputException("a name has at least one letter.");
        }
        return Mono.just(Answer.of("Hello " + name + "!"));
    }
}
