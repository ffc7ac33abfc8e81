package dev.gatewatch.drill;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** What a client did about a fault. */
@RegisterForReflection // for Jackson in a native image
public enum Outcome {
    /** The connection outlived the fault, and the client answers on it. */
    KEPT(true),
    /** Connected again by RESUME. */
    RESUMED(true),
    /** Connected again by IDENTIFY. */
    IDENTIFIED(true),
    /** It stayed away, as it should after a fatal fault. */
    STOPPED(true),
    /** It came back although only a person could help. */
    RETURNED(false),
    /** It was not connected in time, or connected and deaf. */
    LOST(false);

    private final boolean good;

    Outcome(boolean good) {
        this.good = good;
    }

    /** Whether the client survived. */
    public boolean good() {
        return good;
    }

    /** As reports write it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
