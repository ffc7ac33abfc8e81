package dev.gatewatch.history;

/** The database was written by a newer Gatewatch; this one must not touch it. */
public final class NewerSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NewerSchemaException(String database, String found, String known) {
        super(
                "The history in " + database + " has schema version " + found
                        + ", and this Gatewatch knows versions up to "
                        + known
                        + " only. Run the Gatewatch that wrote it or a later one; or choose another database with"
                        + " GATEWATCH_DATA_DIR or GATEWATCH_DATABASE_URL; or keep no history with GATEWATCH_HISTORY_ENABLED=false.");
    }
}
