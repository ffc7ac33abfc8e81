package dev.gatewatch.bot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which slash commands there are, where, and how much of the process they may take. */
@ConfigMapping(prefix = "gatewatch")
public interface CommandConfig {

    /** {@code GATEWATCH_COMMANDS_ENABLED}, default true: whether slash commands are registered and answered at all. */
    @WithDefault("true")
    boolean commandsEnabled();

    /** {@code GATEWATCH_COMMANDS_DISABLED}, comma-separated names: these are neither offered nor answered. No default. */
    Optional<List<String>> commandsDisabled();

    /** {@code GATEWATCH_COMMANDS_GUILDS}, comma-separated ids: offered in these guilds only. Default: everywhere. */
    Optional<List<String>> commandsGuilds();

    /** {@code GATEWATCH_COMMANDS_PUBLIC}, comma-separated names: everybody in the channel sees their answers. No default. */
    Optional<List<String>> commandsPublic();

    /** {@code GATEWATCH_COMMANDS_DEADLINE}, default 30 s: how long a handler may take; Discord's token is good for 15 minutes. */
    @WithDefault("30s")
    Duration commandsDeadline();

    /** {@code GATEWATCH_COMMANDS_CONCURRENCY}, default 4: how many uses of one command run at a time; four times as many wait. */
    @WithDefault("4")
    int commandsConcurrency();
}
