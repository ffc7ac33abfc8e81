-- Times are milliseconds since 1970 in UTC. Every row says whose it is.

CREATE TABLE event (
    instance_id TEXT    NOT NULL,
    at_ms       BIGINT  NOT NULL,
    id          TEXT COLLATE "C" NOT NULL,
    shard_id    INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    attempt     BIGINT,
    recovery    TEXT,
    endpoint    TEXT,
    cause       TEXT,
    code        BIGINT,
    duration_ms BIGINT,
    replayed    BIGINT,
    message     TEXT,
    PRIMARY KEY (instance_id, at_ms, id)
);

CREATE INDEX event_by_kind ON event (instance_id, kind, at_ms, id);

CREATE TABLE shard (
    instance_id   TEXT    NOT NULL,
    shard_id      INTEGER NOT NULL,
    standing      TEXT    NOT NULL,
    first_seen_ms BIGINT  NOT NULL,
    last_seen_ms  BIGINT  NOT NULL,
    PRIMARY KEY (instance_id, shard_id)
);

CREATE TABLE incident (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    instance_id TEXT    NOT NULL,
    shard_id    INTEGER NOT NULL,
    start_ms    BIGINT  NOT NULL,
    end_ms      BIGINT,
    cause       TEXT    NOT NULL,
    message     TEXT    NOT NULL,
    failures    TEXT    NOT NULL,
    attempts    BIGINT  NOT NULL,
    recovery    TEXT,
    status_page TEXT,
    blame       TEXT    NOT NULL,
    confidence  TEXT    NOT NULL,
    evidence    TEXT    NOT NULL
);

CREATE INDEX incident_by_time ON incident (instance_id, start_ms, id);
CREATE INDEX incident_open ON incident (instance_id, shard_id) WHERE end_ms IS NULL;

CREATE TABLE sample (
    instance_id    TEXT    NOT NULL,
    step_s         BIGINT  NOT NULL,
    at_ms          BIGINT  NOT NULL,
    shard_id       INTEGER NOT NULL,
    phase          BIGINT  NOT NULL,
    up_ms          BIGINT  NOT NULL,
    span_ms        BIGINT  NOT NULL,
    latency_us     BIGINT,
    latency_max_us BIGINT,
    beats          BIGINT  NOT NULL,
    guilds         BIGINT  NOT NULL,
    users          BIGINT  NOT NULL,
    PRIMARY KEY (instance_id, step_s, at_ms, shard_id)
);

CREATE TABLE note (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    instance_id TEXT    NOT NULL,
    shard_id    INTEGER NOT NULL,
    incident_id TEXT COLLATE "C" NOT NULL,
    at_ms       BIGINT  NOT NULL,
    author      TEXT    NOT NULL,
    words       TEXT    NOT NULL
);

CREATE INDEX note_by_incident ON note (incident_id, id);

CREATE TABLE maintenance (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    instance_id TEXT    NOT NULL,
    from_ms     BIGINT  NOT NULL,
    to_ms       BIGINT  NOT NULL,
    reason      TEXT    NOT NULL
);
