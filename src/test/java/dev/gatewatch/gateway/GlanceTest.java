package dev.gatewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlanceTest {

    private static final JsonFactory FACTORY = new JsonFactory();

    @Test
    void tellsWhatAGuildEventIsAbout() throws IOException {
        Glance glance = glance("""
                {"t":"GUILD_CREATE","s":7,"op":0,"d":{"roles":[{"id":"9","member_count":3}],"id":"1100000000000000042",
                "unavailable":false,"member_count":250000,"members":[{"user":{"id":"5"}}]}}""");

        assertThat(glance)
                .isEqualTo(new Glance(0, 7, "GUILD_CREATE", 1_100_000_000_000_000_042L, 0, 250_000, false, List.of()));
    }

    @Test
    void doesNotMindTheOrderOfFieldsNorUnknownOnes() throws IOException {
        Glance glance =
                glance("{\"d\":{\"guild_id\":\"3\",\"x\":[[{}]]},\"new\":{\"op\":9},\"op\":0,\"s\":1,\"t\":\"X\"}");

        assertThat(glance).isEqualTo(new Glance(0, 1, "X", 0, 3, 0, false, List.of()));
    }

    @Test
    void readsTheGuildsOfReady() throws IOException {
        Glance glance = glance("""
                {"op":0,"s":1,"t":"READY","d":{"user":{"id":"1"},"guilds":[{"id":"4","unavailable":true},null,{"unavailable":true,"id":"5"}]}}""");

        assertThat(glance.guilds()).containsExactly(4L, 5L);
        assertThat(glance.unavailable()).isFalse();
    }

    @Test
    void takesNothingFromWhereItIsNot() throws IOException {
        Glance glance = glance("{\"op\":11,\"d\":null,\"s\":null,\"t\":null}");

        assertThat(glance).isEqualTo(new Glance(11, null, null, 0, 0, 0, false, List.of()));
        assertThat(glance("{}").op()).isEqualTo(-1);
        assertThat(glance("{\"op\":\"0\",\"s\":\"1\",\"t\":2,\"d\":[{\"id\":\"1\"}]}")
                        .type())
                .isNull();
    }

    @Test
    void refusesWhatIsNotJsonHoweverDeepItIs() {
        assertThatIOException().isThrownBy(() -> glance("{\"op\":0,\"t\":\"X\",\"s\":1,\"d\":{\"a\":[{\"b\":\"c]}"));
        assertThatIOException().isThrownBy(() -> glance("{\"op\":0,\"t\":\"X\",\"s\":1,\"d\":{\"a\":01}}"));
    }

    @Test
    void tellsThatItIsNoObject() throws IOException {
        assertThat(Glance.at(FACTORY, "[1,{\"op\":0}]".getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    private static Glance glance(String json) throws IOException {
        return Glance.at(FACTORY, json.getBytes(StandardCharsets.UTF_8));
    }
}
