package dev.gatewatch.alert;

import java.util.Locale;

/** What alerts are about, in the order in which they are weighed; the names are stored, so that none may be renamed. */
public enum AlertRule {
    /** Connections are lost again and again. Weighed first: while it is open, the next one does not close. */
    FLAPPING("Gateway stable again"),
    /** Shards are not connected: one alert, however many there are. */
    GATEWAY_DOWN("Gateway connected again"),
    /** Few IDENTIFYs are left of the day's. */
    IDENTIFY_BUDGET_LOW("Enough IDENTIFYs again");

    private final String over;

    AlertRule(String over) {
        this.over = over;
    }

    /** What is said when it is over. */
    String over() {
        return over;
    }

    /** Its name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
