-- Times in which a shard was not run while others were: they are neither up nor down.
CREATE TABLE absence (
    instance_id TEXT    NOT NULL,
    shard_id    INTEGER NOT NULL,
    from_ms     BIGINT  NOT NULL,
    to_ms       BIGINT  NOT NULL,
    PRIMARY KEY (instance_id, shard_id, from_ms)
);
