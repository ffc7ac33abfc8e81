-- A run of a shard: from its start to the next one, under one clock, which may be set.
CREATE TABLE shard_run (
    instance_id  TEXT COLLATE "C" NOT NULL,
    shard_id     INTEGER NOT NULL,
    id           TEXT COLLATE "C" NOT NULL,
    started_ms   BIGINT NOT NULL,
    carried_id   TEXT COLLATE "C",
    ahead_from_ms BIGINT,
    ahead_to_ms  BIGINT,
    back_id      TEXT COLLATE "C",
    back_at_ms   BIGINT,
    back_ms      BIGINT,
    back_started_ms BIGINT,
    PRIMARY KEY (instance_id, shard_id)
);

-- The run that wrote a row last, and the times that it noted before its clock was set back.
ALTER TABLE incident ADD COLUMN run_id TEXT COLLATE "C";
ALTER TABLE incident ADD COLUMN noted_start_ms BIGINT;
ALTER TABLE incident ADD COLUMN noted_end_ms BIGINT;
ALTER TABLE absence ADD COLUMN run_id TEXT COLLATE "C";
ALTER TABLE absence ADD COLUMN event_id TEXT COLLATE "C";
ALTER TABLE absence ADD COLUMN noted_to_ms BIGINT;
