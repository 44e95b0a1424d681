-- What runs on an incident beside the clock that is due first: a call that was arranged is still to come where the
-- response is missed, and is found by its instant. Filled from the incidents once the migrations are through.
CREATE TABLE ahead (
    incident INTEGER NOT NULL,
    due_at   INTEGER NOT NULL,
    clock    TEXT NOT NULL,
    counted  TEXT NOT NULL,
    PRIMARY KEY (incident, due_at, clock)
) STRICT, WITHOUT ROWID;

CREATE INDEX ahead_due ON ahead (due_at);
