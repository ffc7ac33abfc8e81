package dev.gatewatch.terminal;

import java.util.List;
import java.util.Objects;
import org.jline.utils.AttributedString;

/** Takes the terminal, draws, and fails: with {@code exit}, without a chance to clean up after itself. */
final class CrashingViewer {

    private CrashingViewer() {}

    public static void main(String... arguments) {
        try (Stage stage = Objects.requireNonNull(Stage.open(), "no terminal")) {
            stage.draw(List.of(new AttributedString("drawn")), stage.size(), false);
            if (arguments.length > 0) {
                System.exit(7);
            }
            throw new IllegalStateException("a defect");
        }
    }
}
