-- Times are milliseconds since 1970 in UTC. Every row says whose it is.

CREATE TABLE event (
    instance_id TEXT    NOT NULL,
    at_ms       INTEGER NOT NULL,
    id          TEXT    NOT NULL,
    shard_id    INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    attempt     INTEGER,
    recovery    TEXT,
    endpoint    TEXT,
    cause       TEXT,
    code        INTEGER,
    duration_ms INTEGER,
    replayed    INTEGER,
    message     TEXT,
    PRIMARY KEY (instance_id, at_ms, id)
) WITHOUT ROWID;

CREATE INDEX event_by_kind ON event (instance_id, kind, at_ms, id);

CREATE TABLE shard (
    instance_id   TEXT    NOT NULL,
    shard_id      INTEGER NOT NULL,
    standing      TEXT    NOT NULL,
    first_seen_ms INTEGER NOT NULL,
    last_seen_ms  INTEGER NOT NULL,
    PRIMARY KEY (instance_id, shard_id)
) WITHOUT ROWID;

CREATE TABLE incident (
    id          TEXT    NOT NULL PRIMARY KEY,
    instance_id TEXT    NOT NULL,
    shard_id    INTEGER NOT NULL,
    start_ms    INTEGER NOT NULL,
    end_ms      INTEGER,
    cause       TEXT    NOT NULL,
    message     TEXT    NOT NULL,
    failures    TEXT    NOT NULL,
    attempts    INTEGER NOT NULL,
    recovery    TEXT,
    status_page TEXT,
    blame       TEXT    NOT NULL,
    confidence  TEXT    NOT NULL,
    evidence    TEXT    NOT NULL
) WITHOUT ROWID;

CREATE INDEX incident_by_time ON incident (instance_id, start_ms, id);
CREATE INDEX incident_open ON incident (instance_id, shard_id) WHERE end_ms IS NULL;

CREATE TABLE sample (
    instance_id    TEXT    NOT NULL,
    step_s         INTEGER NOT NULL,
    at_ms          INTEGER NOT NULL,
    shard_id       INTEGER NOT NULL,
    phase          INTEGER NOT NULL,
    up_ms          INTEGER NOT NULL,
    span_ms        INTEGER NOT NULL,
    latency_us     INTEGER,
    latency_max_us INTEGER,
    beats          INTEGER NOT NULL,
    guilds         INTEGER NOT NULL,
    users          INTEGER NOT NULL,
    PRIMARY KEY (instance_id, step_s, at_ms, shard_id)
) WITHOUT ROWID;

CREATE TABLE note (
    id          TEXT    NOT NULL PRIMARY KEY,
    instance_id TEXT    NOT NULL,
    shard_id    INTEGER NOT NULL,
    incident_id TEXT    NOT NULL,
    at_ms       INTEGER NOT NULL,
    author      TEXT    NOT NULL,
    words       TEXT    NOT NULL
) WITHOUT ROWID;

CREATE INDEX note_by_incident ON note (incident_id, id);

CREATE TABLE maintenance (
    id          TEXT    NOT NULL PRIMARY KEY,
    instance_id TEXT    NOT NULL,
    from_ms     INTEGER NOT NULL,
    to_ms       INTEGER NOT NULL,
    reason      TEXT    NOT NULL
) WITHOUT ROWID;
