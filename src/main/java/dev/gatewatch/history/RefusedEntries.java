package dev.gatewatch.history;

import dev.gatewatch.log.LogEvent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/** Puts aside what the database will never take, so that it does not keep back what comes behind it. */
final class RefusedEntries {

    private static final Logger log = Logger.getLogger(RefusedEntries.class);

    private final Journal file;
    private final LongAdder count = new LongAdder();

    RefusedEntries(Journal file) {
        this.file = file;
    }

    /** Puts an entry aside. Never fails: when the file cannot be written either, the log has what it held. */
    void add(HistoryEntry entry, EntryRefusedException refusal) {
        count.increment();
        try {
            file.append(List.of(entry));
            LogEvent.HISTORY_REFUSED.log(
                    log,
                    "The database refuses an entry of the history, which is put aside in %s: %s. Entries behind it are written."
                            + " Please report it, with the entry.",
                    file,
                    StoreLink.reason(refusal));
        } catch (IOException | RuntimeException e) {
            LogEvent.HISTORY_LOST.log(
                    log,
                    "An entry of the history is LOST: the database refuses it (%s), and it cannot be put aside (%s): %s",
                    StoreLink.reason(refusal),
                    StoreLink.reason(e),
                    entry);
        }
    }

    /** How many there were. */
    long count() {
        return count.sum();
    }
}
