package dev.gatewatch.connection;

/** Says in words what a person can do about a failure that Gatewatch cannot repair. */
public final class Remedy {

    private static final String PORTAL = "the Discord developer portal (https://discord.com/developers/applications)";

    private Remedy() {}

    /** What to do; never empty. */
    public static String of(Failure failure) {
        return switch (failure.kind()) {
            case CLOSED -> afterClose(failure.code() == null ? 0 : failure.code());
            case UNAUTHORIZED -> newToken();
            case CONFIGURATION ->
                "Set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds the token, and start again.";
            case OPERATOR -> "Start it when you want it back.";
            case SHUTDOWN -> "Nothing to do: the service is shutting down.";
            case INTERNAL -> "This is a defect of Gatewatch: restart it, and report the log.";
            default -> "Look into the cause, then start it again or restart the service.";
        };
    }

    private static String afterClose(int code) {
        return switch (CloseCode.of(code).orElse(CloseCode.UNKNOWN_ERROR)) {
            case AUTHENTICATION_FAILED -> newToken();
            case INVALID_SHARD ->
                "DISCORD_SHARD_IDS must be below DISCORD_SHARD_COUNT, and all processes must agree on the count.";
            case SHARDING_REQUIRED ->
                "The bot is in too many guilds for so few shards: raise DISCORD_SHARD_COUNT, or leave it unset to use what Discord recommends.";
            case INVALID_API_VERSION -> "Discord no longer speaks this API version: update Gatewatch.";
            case INVALID_INTENTS ->
                "DISCORD_INTENTS names an intent that Discord does not know: correct it, or leave it unset.";
            case DISALLOWED_INTENTS ->
                "DISCORD_INTENTS asks for a privileged intent (GUILD_MEMBERS, GUILD_PRESENCES or MESSAGE_CONTENT) that is not enabled: "
                        + "enable it under Bot > Privileged Gateway Intents in " + PORTAL + ", or leave it out.";
            default -> "Look into the cause, then start it again or restart the service.";
        };
    }

    private static String newToken() {
        return "Discord does not accept the token: reset it under Bot in " + PORTAL
                + ", and set DISCORD_TOKEN (or the file of " + "DISCORD_TOKEN_FILE) to the new one.";
    }
}
