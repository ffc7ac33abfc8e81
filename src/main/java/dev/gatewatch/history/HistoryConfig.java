package dev.gatewatch.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the history is kept, and for how long. */
@ConfigMapping(prefix = "gatewatch")
public interface HistoryConfig {

    /** {@code GATEWATCH_HISTORY_ENABLED}, default true: whether a history is kept at all. */
    @WithDefault("true")
    boolean historyEnabled();

    /** {@code GATEWATCH_DATA_DIR}, default {@code ./data}: where files are kept, the SQLite database and the journal among them. */
    @WithDefault("./data")
    Path dataDir();

    /**
     * {@code GATEWATCH_INSTANCE_ID}, default {@code default}: whose history this is. The same after every restart, so not a
     * pod's random name; processes that share a PostgreSQL need a different one each.
     */
    @WithDefault("default")
    String instanceId();

    /**
     * {@code GATEWATCH_DATABASE_URL}: {@code jdbc:postgresql://host/name} or {@code postgresql://user:password@host/name}; without
     * it and without a host the database is SQLite.
     */
    Optional<String> databaseUrl();

    /** {@code GATEWATCH_DATABASE_HOST}: PostgreSQL's host, instead of a URL. */
    Optional<String> databaseHost();

    /** {@code GATEWATCH_DATABASE_PORT}, default 5432: PostgreSQL's port, beside a host. */
    @WithDefault("5432")
    int databasePort();

    /** {@code GATEWATCH_DATABASE_NAME}, default {@code gatewatch}: the database's name, beside a host. */
    @WithDefault("gatewatch")
    String databaseName();

    /** {@code GATEWATCH_DATABASE_USER}: who logs in to PostgreSQL; outranks the URL's. */
    Optional<String> databaseUser();

    /** {@code GATEWATCH_DATABASE_PASSWORD}: PostgreSQL's password; outranks the URL's. */
    Optional<String> databasePassword();

    /**
     * {@code GATEWATCH_INCIDENT_BLIP}, default 10 s: a loss that heals within it is no incident, though its seconds count as
     * downtime. The same as readiness's grace: what Kubernetes does not notice is nothing to explain.
     */
    @WithDefault("10s")
    Duration incidentBlip();

    /**
     * {@code GATEWATCH_DISCORD_STATUS_URL}, for example {@code https://discordstatus.com/api/v2/summary.json}: read while an
     * incident is open, as corroboration. No default: nothing is asked of third parties unless wished.
     */
    Optional<URI> discordStatusUrl();

    /** {@code GATEWATCH_RETENTION_EVENTS}, default 90 days. */
    @WithDefault("90d")
    Duration retentionEvents();

    /** {@code GATEWATCH_RETENTION_INCIDENTS}, default 2 years: incidents, their notes and maintenance windows. */
    @WithDefault("730d")
    Duration retentionIncidents();

    /** {@code GATEWATCH_RETENTION_MINUTES}, default 7 days: samples per minute. */
    @WithDefault("7d")
    Duration retentionMinutes();

    /** {@code GATEWATCH_RETENTION_HOURS}, default 90 days: samples per hour. */
    @WithDefault("90d")
    Duration retentionHours();

    /** {@code GATEWATCH_RETENTION_DAYS}, default 2 years: samples per day. */
    @WithDefault("730d")
    Duration retentionDays();
}
