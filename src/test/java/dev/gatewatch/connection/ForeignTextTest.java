package dev.gatewatch.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForeignTextTest {

    private static final String FORGED =
            "\r\n2026-11-30T12:00:00Z INFO all is well\u001b[2K\u009b31m\u2028two\u2029three\u202eesrever\u0000";
    private static final String HARMLESS = " 2026-11-30T12:00:00Z INFO all is well [2K 31m two three esrever ";

    @Test
    void leavesNothingThatBeginsALineOrSteersATerminalOrTurnsTheText() {
        List<Integer> left = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(ForeignTextTest::isDangerous)
                .filter(c ->
                        !ForeignText.clean("a" + Character.toString(c) + "b").equals("a b"))
                .boxed()
                .toList();

        assertThat(left).isEmpty();
    }

    @Test
    void leavesEveryOtherCharacterAlone() {
        String text = "Grüße, 你好, שלום, مرحبا, \uD83D\uDC69\u200D\uD83D\uDCBB: 100 % – “done”…";

        assertThat(ForeignText.clean(text)).isEqualTo(text);
    }

    @Test
    void hidesTokensEvenAroundWhatIsInvisible() {
        assertThat(ForeignText.clean("a MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.the_secret-signature_of_27c\u001b[0m"))
                .isEqualTo("a (token hidden) [0m");
    }

    @Test
    void cleansEveryTextThatEntersAFact() {
        assertThat(Failure.closed(4000, FORGED).message()).endsWith(":" + " " + HARMLESS);
        assertThat(Failure.http(502, FORGED, null).message()).isEqualTo(HARMLESS);
        assertThat(Failure.of(Failure.Kind.TLS, FORGED).message()).isEqualTo(HARMLESS);
        assertThat(new ConnectionEvent.ErrorOccurred(0, Instant.EPOCH, "X", FORGED).message())
                .isEqualTo(HARMLESS);
        assertThat(new ConnectionEvent.OperatorActed(0, Instant.EPOCH, OperatorAction.STOP, "::1", FORGED).reason())
                .isEqualTo(HARMLESS);
        assertThat(new ConnectionEvent.OperatorActed(0, Instant.EPOCH, OperatorAction.STOP, FORGED, "why").client())
                .isEqualTo(HARMLESS);
        assertThat(new ConnectionEvent.DisagreementFound(0, Instant.EPOCH, FORGED).message())
                .isEqualTo(HARMLESS);
    }

    private static boolean isDangerous(int c) {
        byte direction = Character.getDirectionality(c);
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT ->
                switch (direction) {
                    case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                            Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                            Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                            Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE -> true;
                    default -> c == 0x61c || c == 0x200e || c == 0x200f;
                };
            default -> false;
        };
    }
}
