package dev.gatewatch.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds {@link CloseCode} against Discord's table, retyped from [Discord Docs/Opcodes and Status Codes/Gateway]. */
class CloseCodeTest {

    // spotless:off
    private static final List<Row> DISCORDS_TABLE = List.of(
            new Row(4000, "Unknown error",         true),
            new Row(4001, "Unknown opcode",        true),
            new Row(4002, "Decode error",          true),
            new Row(4003, "Not authenticated",     true),
            new Row(4004, "Authentication failed", false),
            new Row(4005, "Already authenticated", true),
            new Row(4007, "Invalid seq",           true),
            new Row(4008, "Rate limited",          true),
            new Row(4009, "Session timed out",     true),
            new Row(4010, "Invalid shard",         false),
            new Row(4011, "Sharding required",     false),
            new Row(4012, "Invalid API version",   false),
            new Row(4013, "Invalid intent(s)",     false),
            new Row(4014, "Disallowed intent(s)",  false));
    // spotless:on

    @Test
    void hasEveryRowOfDiscordsTableInItsOrderAndNoOther() {
        List<Row> ours = Arrays.stream(CloseCode.values())
                .map(row -> new Row(row.code(), row.description(), row.reconnect()))
                .toList();

        assertThat(ours).isEqualTo(DISCORDS_TABLE);
    }

    @Test
    void stopsExactlyWhereDiscordForbidsReconnecting() {
        for (CloseCode row : CloseCode.values()) {
            assertThat(row.recovery() == Recovery.STOP).as(row.name()).isEqualTo(!row.reconnect());
        }
    }

    @Test
    void beginsANewSessionOnlyWhereDiscordSaysSo() {
        List<Integer> newSession = Arrays.stream(CloseCode.values())
                .filter(row -> row.recovery() == Recovery.IDENTIFY)
                .map(CloseCode::code)
                .toList();

        assertThat(newSession).containsExactly(4007, 4009);
    }

    @ParameterizedTest
    @ValueSource(ints = {4006, 4015, 4999})
    void resumesAfterAnUnlistedCode(int code) {
        assertThat(CloseCode.of(code)).isEmpty();
        assertThat(CloseCode.recoveryFor(code)).isEqualTo(Recovery.RESUME);
        assertThat(CloseCode.describe(code)).isEqualTo("Unlisted close code");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1006, 1011, 1012, 1013, 3999})
    void resumesAfterACodeBelow4000(int code) {
        assertThat(CloseCode.recoveryFor(code)).isEqualTo(Recovery.RESUME);
    }

    @Test
    void resumesWithoutACode() {
        assertThat(CloseCode.recoveryWithoutCode()).isEqualTo(Recovery.RESUME);
    }

    private record Row(int code, String description, boolean reconnect) {}
}
