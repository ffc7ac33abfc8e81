-- What was told and is not over, and what is still to be told to whom. Holds no URL: a target is a digest of its own.

CREATE TABLE alert (
    instance_id TEXT    NOT NULL,
    rule        TEXT    NOT NULL,
    severity    TEXT    NOT NULL,
    since_ms    INTEGER NOT NULL,
    opened_ms   INTEGER NOT NULL,
    told_ms     INTEGER NOT NULL,
    shards      TEXT    NOT NULL,
    headline    TEXT    NOT NULL,
    PRIMARY KEY (instance_id, rule)
) WITHOUT ROWID;

CREATE TABLE alert_message (
    instance_id TEXT    NOT NULL,
    target      TEXT    NOT NULL,
    id          TEXT    NOT NULL,
    attempts    INTEGER NOT NULL,
    due_ms      INTEGER NOT NULL,
    content     TEXT    NOT NULL,
    PRIMARY KEY (instance_id, target, id)
) WITHOUT ROWID;
