package dev.gatewatch.history;

/** A real database that can be taken away for a while. */
final class Outage implements Database {

    private final Database database;
    private boolean away;

    Outage(Database database) {
        this.database = database;
    }

    void begin() {
        away = true;
    }

    void end() {
        away = false;
    }

    @Override
    public HistoryStore open() {
        if (away) {
            throw new HistoryUnavailableException("taken away by the test");
        }
        return database.open();
    }

    @Override
    public String name() {
        return database.name();
    }

    @Override
    public void close() {
        database.close();
    }
}
