package dev.gatewatch.history;

import java.util.List;

/**
 * Whose fault an incident was; immutable.
 *
 * @param blame who, as far as the evidence says
 * @param confidence how sure that is
 * @param evidence what speaks for it, and against it, in sentences
 */
public record Verdict(Blame blame, Confidence confidence, List<String> evidence) {

    /** Before there is any evidence. */
    public static final Verdict UNKNOWN = new Verdict(Blame.UNKNOWN, Confidence.LOW, List.of());

    public Verdict {
        evidence = List.copyOf(evidence);
    }

    /** Who can be blamed; the names are stored. */
    public enum Blame {
        DISCORD,
        /** Whatever lies between Discord and this process. */
        NETWORK,
        /** This process, its settings, its token, or whoever operates it. */
        US,
        UNKNOWN
    }

    /** How sure a verdict is; the names are stored. */
    public enum Confidence {
        LOW,
        MEDIUM,
        HIGH
    }
}
