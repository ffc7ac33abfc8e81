package dev.gatewatch.drill;

import dev.gatewatch.simulator.Journal.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Carries out drills: round after round of the rows that are asked for.
 *
 * <p>One thread carries them out; {@link #results} may be called from any, at any time.
 */
public final class Drills {

    private final Lane lane;
    private final List<DrillRow> rows;
    private final int runs;
    private final Duration rest;
    private final Random random;
    private final List<RunResult> results = new CopyOnWriteArrayList<>();

    /**
     * @param lane the bot and its simulator
     * @param interval the heartbeat interval that the bot was told
     * @param wanted names of rows or faults; all when empty, but for those that the bot could not be started again after
     * @param runs how often each row is run, 1 or more
     * @param rest how old a session becomes after five short ones in a row, so that no client has reason to slow down
     * @param seed of everything random
     * @throws IllegalArgumentException when there is no row of a wanted name
     */
    public Drills(Lane lane, Duration interval, List<String> wanted, int runs, Duration rest, long seed) {
        this.lane = lane;
        this.runs = runs;
        this.rest = rest;
        random = new Random(seed);
        rows = DrillPlan.rows(interval, wanted).stream()
                .filter(row -> lane.bot().canRestartAfter(row.name())
                        || row.expected() != Answer.STOP
                        || wanted.contains(row.name()))
                .toList();
    }

    /** How many runs there are to do. */
    public int planned() {
        return rows.size() * runs;
    }

    /** Carries out everything, telling of each run when it is done; an interrupt ends it early. */
    public void carryOut(Consumer<RunResult> done) throws InterruptedException {
        for (int run = 1; run <= runs; run++) {
            for (DrillRow row : rows) {
                restAfterShortSessions();
                RunResult result = new DrillRun(row.lengthened(random), lane, random, run).carryOut();
                results.add(result);
                done.accept(result);
            }
        }
    }

    /** What has been done so far, in order. */
    public List<RunResult> results() {
        return List.copyOf(results);
    }

    private void restAfterShortSessions() throws InterruptedException {
        Lane.await(rest, () -> !hasManyShortSessions());
    }

    private boolean hasManyShortSessions() {
        List<Long> starts = lane.simulator().journal().entries().stream()
                .filter(entry -> entry.event().equals("ready"))
                .map(Entry::nanos)
                .toList();
        long next = System.nanoTime();
        int shortOnes = 0;
        for (int i = starts.size() - 1; i >= 0 && next - starts.get(i) < rest.toNanos(); i--) {
            next = starts.get(i);
            shortOnes++;
        }
        return shortOnes > 4;
    }
}
