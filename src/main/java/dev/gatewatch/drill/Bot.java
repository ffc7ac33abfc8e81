package dev.gatewatch.drill;

/** The bot under drill, as far as a drill can act on it. */
public interface Bot {

    /** What reports call it. */
    String name();

    /** Whether {@link #restart} helps after this drill: a bot of somebody else's is started again by hand, if at all. */
    boolean canRestartAfter(String drill);

    /** Starts again after it stopped for good; returns at once. */
    void restart();

    /** A bot that connects by itself, and that we know nothing about. */
    static Bot unknown(String name) {
        return new Bot() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean canRestartAfter(String drill) {
                return false;
            }

            @Override
            public void restart() {}
        };
    }
}
