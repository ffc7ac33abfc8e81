package dev.gatewatch.alert;

import dev.gatewatch.history.Verdict;
import java.util.Locale;

/** Verdicts in words for people. */
final class Verdicts {

    private Verdicts() {}

    /** {@code network (high confidence): Discord's name could not be resolved: DNS failed}. */
    static String words(Verdict verdict) {
        String blame = verdict.blame().name().toLowerCase(Locale.ROOT);
        String confidence = verdict.confidence().name().toLowerCase(Locale.ROOT);
        String evidence = String.join(" ", verdict.evidence());
        return blame + " (" + confidence + " confidence)"
                + (evidence.isEmpty() ? "" : ": " + evidence.replaceAll("\\.$", ""));
    }
}
