package dev.gatewatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewatch.connection.Failure;
import dev.gatewatch.history.Judge.Others;
import dev.gatewatch.history.Verdict.Blame;
import dev.gatewatch.history.Verdict.Confidence;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTest {

    // spotless:off
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // failures                                   | others (total/down) | status page                | verdict | confidence
        "CLOSED:4000=1                                | 0/0 |                                            | DISCORD | HIGH",
        "CLOSED:1000=1                                | 0/0 |                                            | DISCORD | MEDIUM",
        "CLOSED:1001=1                                | 0/0 |                                            | DISCORD | MEDIUM",
        "CLOSED:4999=1                                | 0/0 |                                            | DISCORD | HIGH",
        "CLOSED:4009=1                                | 0/0 |                                            | NETWORK | MEDIUM",
        "CLOSED:4008=1                                | 0/0 |                                            | US      | MEDIUM",
        "CLOSED:4007=1                                | 0/0 |                                            | US      | MEDIUM",
        "CLOSED:4004=1                                | 0/0 |                                            | US      | HIGH",
        "CLOSED:4014=1                                | 3/3 |                                            | US      | HIGH",
        "RECONNECT_REQUESTED=1                        | 0/0 |                                            | DISCORD | HIGH",
        "SESSION_INVALIDATED=1                        | 0/0 |                                            | DISCORD | MEDIUM",
        "NAME_RESOLUTION=12                           | 0/0 |                                            | NETWORK | HIGH",
        "CONNECT=3                                    | 0/0 |                                            | NETWORK | MEDIUM",
        "TLS=1                                        | 0/0 |                                            | NETWORK | MEDIUM",
        "UPGRADE=1                                    | 0/0 |                                            | DISCORD | MEDIUM",
        "HELLO_TIMEOUT=1                              | 0/0 |                                            | NETWORK | LOW",
        "READY_TIMEOUT=4                              | 0/0 |                                            | DISCORD | MEDIUM",
        "ZOMBIE=1                                     | 0/0 |                                            | NETWORK | MEDIUM",
        "CONNECTION_LOST=1,CONNECT=5                  | 0/0 |                                            | NETWORK | HIGH",
        "CONNECTION_LOST=1                            | 3/0 |                                            | UNKNOWN | LOW",
        "CONNECTION_LOST=1                            | 3/3 |                                            | NETWORK | MEDIUM",
        "CONNECTION_LOST=1,UPGRADE=3,HTTP_STATUS:503=2| 0/0 |                                            | DISCORD | HIGH",
        "HTTP_STATUS:502=1                            | 0/0 |                                            | DISCORD | HIGH",
        "HTTP_STATUS:404=1                            | 0/0 |                                            | DISCORD | LOW",
        "UNAUTHORIZED:401=1                           | 0/0 |                                            | US      | HIGH",
        "RATE_LIMITED:429=1                           | 0/0 |                                            | US      | MEDIUM",
        "SHUTDOWN=1                                   | 0/0 |                                            | US      | HIGH",
        "OPERATOR=1                                   | 0/0 |                                            | US      | HIGH",
        "PROCESS_DOWN=1,CONNECT=1                     | 0/0 |                                            | US      | MEDIUM",
        "ZOMBIE=1                                     | 0/0 | major: Partial System Outage               | DISCORD | MEDIUM",
        "CONNECT=1                                    | 0/0 | unreachable                                | NETWORK | HIGH",
        "CONNECT=1                                    | 0/0 | unreadable: HTTP 503                       | NETWORK | MEDIUM",
        "CLOSED:1000=1                                | 0/0 | none: All Systems Operational              | DISCORD | MEDIUM",
        "SOMETHING_NEW=1                              | 0/0 |                                            | UNKNOWN | LOW",
        "CONNECT=1,CLOSED:1006=1                      | 0/0 |                                            | UNKNOWN | LOW",
    })
    // spotless:on
    void blamesByTheEvidence(String failures, String others, String statusPage, Blame blame, Confidence confidence) {
        int slash = others.indexOf('/');
        Others shards =
                new Others(Integer.parseInt(others.substring(0, slash)), Integer.parseInt(others.substring(slash + 1)));

        Verdict verdict = Judge.judge(incident(failures, statusPage), shards);

        assertThat(verdict.blame()).isEqualTo(blame);
        assertThat(verdict.confidence()).isEqualTo(confidence);
    }

    @ParameterizedTest
    @EnumSource(Failure.Kind.class)
    void hasAWordForEveryKindOfFailure(Failure.Kind kind) {
        boolean ownRule = kind == Failure.Kind.CLOSED || kind == Failure.Kind.HTTP_STATUS;

        assertThat(ownRule
                        || Arrays.stream(Symptom.values())
                                .anyMatch(symptom -> symptom.name().equals(kind.name())))
                .isTrue();
    }

    @Test
    void givesTheEvidenceInSentences() {
        Verdict verdict = Judge.judge(incident("CLOSED:4000=1,CONNECT=3", "minor: Delayed messages"), new Others(2, 1));

        assertThat(verdict.evidence())
                .containsExactly(
                        "Discord ended the connection with close code 4000 (Unknown error).",
                        "TCP could not be connected (3 times).",
                        "1 of 2 other shards were lost at the same time.",
                        "Discord's status page reported trouble (minor: Delayed messages).");
    }

    @Test
    void readsDiscordsStatusPage() {
        assertThat(StatusPage.word(
                        "{\"page\":{},\"status\":{\"indicator\":\"major\",\"description\":\"Partial System Outage\"}}"))
                .isEqualTo("major: Partial System Outage");
        assertThat(StatusPage.word("<html>")).isEqualTo("unreadable: no JSON in its answer");
        assertThat(StatusPage.word("{}")).isEqualTo("unreadable: no status in its answer");
    }

    private static Incident incident(String failures, String statusPage) {
        return new Incident(
                "i",
                "one",
                0,
                Events.START,
                null,
                "X",
                "x",
                FailureCounts.parse(failures),
                1,
                null,
                statusPage,
                Verdict.UNKNOWN);
    }
}
