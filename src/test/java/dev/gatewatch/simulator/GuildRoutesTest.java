package dev.gatewatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What libraries ask REST about guilds, members, channels and users. */
@Timeout(30)
class GuildRoutesTest {

    @RegisterExtension
    final SimulatorFixture fixture = new SimulatorFixture();

    private Rest rest;
    private String guild;

    @BeforeEach
    void findAGuild() {
        rest = new Rest(fixture.discord());
        guild = json("/users/@me/guilds").path(0).path("id").asText();
    }

    @Test
    void showAGuildAndWhatBelongsToIt() {
        assertThat(json("/users/@me/guilds")).hasSize(5);
        JsonNode object = json("/guilds/" + guild + "?with_counts=true");
        assertThat(object.path("approximate_member_count").asInt()).isEqualTo(250);
        assertThat(object.has("channels")).isFalse();
        assertThat(json("/guilds/" + guild + "/roles")).isEqualTo(object.path("roles"));
        JsonNode channels = json("/guilds/" + guild + "/channels");
        assertThat(channels).hasSize(7);
        assertThat(json("/channels/" + channels.path(1).path("id").asText())).isEqualTo(channels.path(1));
    }

    @Test
    void listEveryMemberPageByPage() {
        List<String> ids = new ArrayList<>();
        String after = "0";
        for (JsonNode page = page(after); !page.isEmpty(); page = page(after)) {
            for (JsonNode member : page) {
                after = member.at("/user/id").asText();
                ids.add(after);
            }
        }
        assertThat(ids).hasSize(250).doesNotHaveDuplicates();
        assertThat(json("/guilds/" + guild + "/members/" + ids.get(7))
                        .at("/user/id")
                        .asText())
                .isEqualTo(ids.get(7));
        assertThat(json("/users/" + ids.get(7)).path("id").asText()).isEqualTo(ids.get(7));
        assertThat(json("/guilds/" + guild + "/members/search?query=member11&limit=3"))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "/guilds/77, 10004",
        "/channels/77, 10003",
        "/channels/661720242585600002/messages/77, 10008",
        "/guilds/661720242585600000/members/77, 10007"
    })
    void nameWhatIsUnknown(String path, int code) {
        assertThat(rest.get("/api/v10" + path).statusCode()).isEqualTo(404);
        assertThat(json(path).path("code").asInt()).isEqualTo(code);
    }

    @Test
    void openAChannelForDirectMessages() {
        JsonNode channel = Rest.json(rest.call("POST", "/api/v10/users/@me/channels", "{\"recipient_id\":\"77\"}"));
        assertThat(channel.path("type").asInt()).isEqualTo(1);
        String messages = "/api/v10/channels/" + channel.path("id").asText() + "/messages";
        assertThat(rest.call("POST", messages, "{\"content\":\"psst\"}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void tellTheTimeInEveryAnswer() {
        assertThat(rest.get("/api/v10/guilds/" + guild).headers().firstValue("Date"))
                .hasValueSatisfying(date -> assertThat(date).endsWith(" GMT"));
        assertThat(rest.get("/elsewhere").headers().firstValue("Date")).isPresent();
    }

    private JsonNode page(String after) {
        return json("/guilds/" + guild + "/members?limit=100&after=" + after);
    }

    private JsonNode json(String path) {
        return Rest.json(rest.get("/api/v10" + path));
    }
}
