package dev.gatewatch.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit codes of {@code check}, for every state there is. */
class JudgementTest {

    // spotless:off
    @ParameterizedTest
    @CsvSource({
        // status     , database , s. 0 since , s. 1     , exit code
        "connected    , healthy  , -          , -        , 0",
        "connected    , disabled , -          , -        , 0",
        "connected    , unhealthy, -          , -        , 1",
        "starting     , healthy  , 05:59:50   , -        , 1",
        "connecting   , healthy  , 05:59:50   , -        , 1",
        "resuming     , healthy  , 05:59:50   , -        , 1",
        "reconnecting , healthy  , 05:59:50   , -        , 1",
        "disconnected , healthy  , 05:59:50   , -        , 1",
        "reconnecting , healthy  , 05:58:59   , -        , 2",
        "resuming     , healthy  , 05:58:59   , -        , 2",
        "connecting   , healthy  , 05:58:59   , -        , 2",
        "reconnecting , healthy  , 05:58:59   , connected, 1",
        "reconnecting , healthy  , 05:59:50   , connected, 1",
        "stopped      , healthy  , 05:59:50   , -        , 2",
        "stopped      , healthy  , 05:59:50   , connected, 2",
        "asleep       , healthy  , 05:59:50   , -        , 3",
    })
    // spotless:on
    void judgesEveryStatus(String status, String database, String away, String other, int exitCode) throws Exception {
        String first = away.equals("-")
                ? "{\"shard\":0,\"phase\":\"connected\"}"
                : "{\"shard\":0,\"phase\":\"" + status + "\",\"last_disconnect\":{\"time\":\"2026-11-24T" + away
                        + "Z\"}}";
        String second = other.equals("-") ? "" : ",{\"shard\":1,\"phase\":\"" + other + "\"}";
        Reading reading = reading("{\"status\":\"" + status + "\",\"timestamp\":\"2026-11-24T06:00:00Z\",\"shards\":["
                + first + second + "]}");

        assertThat(Judgement.of(reading, database).state().exitCode()).isEqualTo(exitCode);
    }

    @Test
    void judgesTheSeedsAnswerWhichKnowsNoShards() throws Exception {
        String seed = "{\"status\":\"%s\",\"connection_attempts\":0,\"uptime_seconds\":3600,\"recent_errors\":0,"
                + "\"last_connection\":\"2025-09-03T08:21:29.123456\",\"guilds\":5,\"users\":1250,\"latency\":45.2,"
                + "\"timestamp\":\"2025-09-03T09:21:29.123456\"}";

        assertThat(Judgement.of(reading(seed.formatted("connected")), null).state())
                .isEqualTo(Judgement.State.OK);
        assertThat(Judgement.of(reading(seed.formatted("disconnected")), null).state())
                .isEqualTo(Judgement.State.DOWN);
        assertThat(PluginLine.of(
                        Judgement.of(reading(seed.formatted("connected")), null), reading(seed.formatted("connected"))))
                .isEqualTo(
                        "GATEWATCH OK: connected for 1 h, latency 45.2 ms, 5 guilds, 1,250 users"
                                + " | latency=45.2ms;;;0 uptime=3600s;;;0 guilds=5;;;0 users=1250;;;0 attempts=0;;;0 recent_errors=0;;;0");
    }

    @Test
    void saysWhatToDoAboutAStop() throws Exception {
        Reading reading = reading("{\"status\":\"stopped\",\"shards\":[{\"shard\":0,\"phase\":\"stopped\",\"stopped\":"
                + "{\"reason\":\"closed with 4004\",\"remedy\":\"Set | another DISCORD_TOKEN.\"}}]}");

        assertThat(PluginLine.of(Judgement.of(reading, null), reading))
                .isEqualTo("GATEWATCH CRITICAL: stopped: closed with 4004. Set / another DISCORD_TOKEN.");
    }

    @Test
    void doesNotKnowWhatNobodyTold() {
        Judgement unknown = Judgement.unknown(new Trouble(Trouble.Kind.UNREACHABLE, "Nobody answers."));

        assertThat(unknown.state().exitCode()).isEqualTo(3);
        assertThat(PluginLine.of(unknown, null)).isEqualTo("GATEWATCH UNKNOWN: Nobody answers.");
    }

    private static Reading reading(String json) throws Exception {
        return Reading.of(Fields.parse(json), json);
    }
}
