package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.gateway.BotToken;
import dev.gatewatch.gateway.GatewayConfig;
import dev.gatewatch.gateway.Intents;
import discord4j.gateway.intent.Intent;
import discord4j.gateway.intent.IntentSet;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the check accepts is what the gateway room reads. */
class SettingsReachTheMappingsTest {

    @Test
    void readsWhatTheCheckAccepted() {
        GatewayConfig config = read(Map.of(
                "DISCORD_CONNECTION_TIMEOUT", " 45s ",
                "DISCORD_RECONNECT_DELAY", "7",
                "DISCORD_INTENTS", "guilds , guild_members",
                "DISCORD_EXHAUSTED_ACTION", "Restart",
                "DISCORD_SHARD_COUNT", "4",
                "DISCORD_SHARD_IDS", "0, 3",
                "DISCORD_API_BASE_URL", "http://127.0.0.1:8765/api/v10/"));

        assertThat(config.connectionTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(config.reconnectDelay()).isEqualTo(Duration.ofSeconds(7));
        assertThat(Intents.from(config)).isEqualTo(IntentSet.of(Intent.GUILDS, Intent.GUILD_MEMBERS));
        assertThat(config.exhaustedAction()).isEqualTo(GatewayConfig.ExhaustedAction.RESTART);
        assertThat(config.shardCount()).hasValue(4);
        assertThat(config.shardIds().orElseThrow()).containsExactly(0, 3);
        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://127.0.0.1:8765/api/v10"));
    }

    @Test
    void readsNothingAsDefaults() {
        GatewayConfig config = read(Map.of());

        assertThat(Intents.from(config)).isEqualTo(IntentSet.nonPrivileged());
        assertThat(BotToken.from(config)).isEmpty();
        assertThat(config.shardCount()).isEmpty();
    }

    private static GatewayConfig read(Map<String, String> variables) {
        Map<String, String> accepted =
                ConfigCheck.check(RawSettings.ofVariables(variables)).accepted().entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().property(), Map.Entry::getValue));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(GatewayConfig.class)
                .withSources(new PropertiesConfigSource(accepted, "accepted", 500))
                .build()
                .getConfigMapping(GatewayConfig.class);
    }
}
