package dev.gatewatch.alert;

import java.util.Locale;

/** Why a message is sent. */
enum Occasion {
    OPENED,
    /** It got worse since it was last told. */
    ESCALATED,
    /** It is still so. */
    REMINDER,
    RESOLVED,
    /** An operator tries whether messages arrive. */
    TEST;

    /** Its name in JSON. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
