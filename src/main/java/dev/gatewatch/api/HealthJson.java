package dev.gatewatch.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health} in the form of the IETF's draft for health checks.
 *
 * <p>See [draft-inadarei-api-health-check-06].
 */
@RegisterForReflection(ignoreNested = false)
@JsonInclude(JsonInclude.Include.NON_NULL)
record HealthJson(
        String status,
        String version,
        String releaseId,
        String serviceId,
        String description,
        Map<String, List<Check>> checks) {

    static final String MEDIA_TYPE = "application/health+json";

    /** One check; {@code time} is when it was true. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Check(
            String componentType,
            @Nullable Object observedValue,
            @Nullable String observedUnit,
            String status,
            Instant time) {}

    static HealthJson of(StatusViews.HealthView view, String status) {
        StatusViews.BotView bot = view.discordBot();
        String database =
                switch (view.database()) {
                    case "unhealthy" -> "warn";
                    default -> "pass";
                };
        Map<String, List<Check>> checks = new TreeMap<>();
        String connection =
                bot.status().equals("connected") ? "pass" : bot.status().equals("stopped") ? "fail" : "warn";
        checks.put(
                "discord:connections",
                List.of(new Check("component", bot.status(), null, connection, view.timestamp())));
        checks.put(
                "uptime", List.of(new Check("system", bot.info().uptimeSeconds(), "s", connection, view.timestamp())));
        checks.put(
                "database:connections",
                List.of(new Check("datastore", view.database(), null, database, view.timestamp())));
        return new HealthJson(
                status, "1", view.version(), "gatewatch", "The gateway connection of a Discord bot", checks);
    }

    /** Whether the draft's form is named before plain JSON, or anything, is. */
    static boolean isPreferred(List<MediaType> accepted) {
        return accepted.stream()
                .filter(type -> type.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                        || (type.getType().equals("application")
                                && type.getSubtype().equals("health+json")))
                .findFirst()
                .map(type -> type.getSubtype().equals("health+json"))
                .orElse(false);
    }
}
