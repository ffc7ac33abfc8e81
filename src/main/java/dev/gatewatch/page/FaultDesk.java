package dev.gatewatch.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Where a visitor of the demo orders faults; outside the demo there is no {@link #isOpen open} one. Thread-safe. */
public interface FaultDesk {

    /** Whether there is a simulated Discord to play faults; the other methods need one. */
    boolean isOpen();

    /** The catalogue of faults, and those that are active. */
    JsonNode faults();

    /**
     * Plays a fault, and tells its id and when it struck.
     *
     * @param fault its name under {@code fault}, and its parameters
     * @throws IllegalArgumentException when there is no such fault or parameter, with what is expected
     */
    JsonNode inject(Map<String, Object> fault);

    /** Ends a fault; tells whether it was active. */
    boolean heal(long id);

    /** Ends all faults. */
    void healAll();

    /**
     * Does what an operator does when the bot has stopped for good: ends all faults, then orders a start.
     *
     * @return completes once the order is carried out; fails when nothing is stopped
     */
    CompletionStage<Void> restore();
}
