-- Readers of the live stream go on behind the last event they have.
CREATE INDEX event_by_id ON event (instance_id, id);
