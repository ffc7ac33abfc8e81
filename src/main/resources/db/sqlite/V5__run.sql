-- A run of a shard: from its start to the next one, under one clock, which may be set.
CREATE TABLE shard_run (
    instance_id  TEXT NOT NULL,
    shard_id     INTEGER NOT NULL,
    id           TEXT NOT NULL,
    started_ms   INTEGER NOT NULL,
    carried_id   TEXT,
    ahead_from_ms INTEGER,
    ahead_to_ms  INTEGER,
    back_id      TEXT,
    back_at_ms   INTEGER,
    back_ms      INTEGER,
    back_started_ms INTEGER,
    PRIMARY KEY (instance_id, shard_id)
) WITHOUT ROWID;

-- The run that wrote a row last, and the times that it noted before its clock was set back.
ALTER TABLE incident ADD COLUMN run_id TEXT;
ALTER TABLE incident ADD COLUMN noted_start_ms INTEGER;
ALTER TABLE incident ADD COLUMN noted_end_ms INTEGER;
ALTER TABLE absence ADD COLUMN run_id TEXT;
ALTER TABLE absence ADD COLUMN event_id TEXT;
ALTER TABLE absence ADD COLUMN noted_to_ms INTEGER;
