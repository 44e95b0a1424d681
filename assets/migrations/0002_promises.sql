-- What a desk needs to keep every promise of a policy: closures, messages and mail, forks, the money of prepaid time.

-- Closures and extra openings: deviations from the hours of all policies, of one, or of an office. `seq` is the entry
-- that added it, `removed` the one that took it back.
CREATE TABLE closure (
    id      INTEGER PRIMARY KEY,
    seq     INTEGER NOT NULL REFERENCES timeline (seq),
    opening INTEGER NOT NULL,
    policy  TEXT,
    office  TEXT,
    from_at INTEGER NOT NULL,
    to_at   INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    removed INTEGER REFERENCES timeline (seq)
) STRICT;

-- The due instants that those entries gave to clocks: an incident's timeline shows them by reference. `left` is what
-- was left then of a clock that was paused.
CREATE TABLE moved (
    incident   INTEGER NOT NULL,
    seq        INTEGER NOT NULL REFERENCES timeline (seq),
    clock      TEXT NOT NULL,
    due_before INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    left       INTEGER,
    PRIMARY KEY (incident, seq, clock)
) STRICT, WITHOUT ROWID;

CREATE INDEX moved_by ON moved (seq);

-- Where each step of an incident begins: what is taken back is a whole step.
CREATE TABLE step (
    incident INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (incident, seq)
) STRICT, WITHOUT ROWID;

-- Messages and mail.

-- The outbox. `seq` is the entry of the timeline that queued the message, `wording` the one that says what it says now,
-- `changed` the newest about it. `held_until` is no part of what happened: until then one program is busy sending it.
CREATE TABLE message (
    seq        INTEGER PRIMARY KEY REFERENCES timeline (seq),
    incident   INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    occasion   TEXT NOT NULL,
    state      TEXT NOT NULL,
    wording    INTEGER NOT NULL REFERENCES timeline (seq),
    changed    INTEGER NOT NULL REFERENCES timeline (seq),
    message_id TEXT UNIQUE,
    held_until INTEGER NOT NULL DEFAULT 0,
    UNIQUE (incident, n)
) STRICT;

CREATE INDEX message_to_send ON message (state, seq) WHERE state IN ('queued', 'failed');

-- Mail that came in. `identity` is a digest of its Message-ID and its sender, by which a second copy is known. `incident`
-- is where it went, or is proposed to go. `came` is the entry that recorded it, `changed` the newest about it.
CREATE TABLE arrival (
    id       INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    state    TEXT NOT NULL,
    incident INTEGER,
    came     INTEGER NOT NULL REFERENCES timeline (seq),
    changed  INTEGER NOT NULL REFERENCES timeline (seq)
) STRICT;

CREATE INDEX arrival_waiting ON arrival (id) WHERE state = 'waiting';

-- The files that came with it: they lie beside the desk, each under its SHA-256.
CREATE TABLE attachment (
    mail INTEGER NOT NULL REFERENCES arrival (id),
    n    INTEGER NOT NULL,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (mail, n)
) STRICT, WITHOUT ROWID;

-- Links, merges and known faults.

-- The known fault that an incident is one of many with.
ALTER TABLE incident ADD COLUMN same_as TEXT AS (body ->> '$.forks.same_as');

CREATE INDEX incident_same_as ON incident (same_as, number) WHERE same_as IS NOT NULL;

-- When the customer came back after the incident had ended, as long as nobody has dealt with that.
ALTER TABLE incident ADD COLUMN answered_after TEXT AS (body ->> '$.answered_after');

CREATE INDEX incident_answered_after ON incident (number) WHERE answered_after IS NOT NULL;

-- Prepaid time.

-- First come, first served: since when an incident stands in line, where no contract gives it a place of its own.
ALTER TABLE incident ADD COLUMN line_at INTEGER GENERATED ALWAYS AS (
    CASE WHEN queue_key IS NOT NULL AND json_extract(body, '$.first_response_at') IS NULL
              AND json_extract(body, '$.cover.kind') IS NOT 'contract' THEN opened_at END
) VIRTUAL;

CREATE INDEX incident_line ON incident (policy, line_at, number) WHERE line_at IS NOT NULL;

-- People: PINs, registered addresses, conduct.

-- The secret by which a customer's callers prove who they are, as an argon2id hash, and how often in a row it was wrong.
CREATE TABLE pin (
    customer INTEGER PRIMARY KEY REFERENCES customer (id),
    hash     TEXT NOT NULL,
    wrong    INTEGER NOT NULL,
    wrong_at INTEGER
) STRICT;

-- The calls of a shift: what was arranged, and whom nobody reached, are found without reading every entry.
CREATE INDEX timeline_appointment ON timeline (seq)
    WHERE kind = 'clock-started' AND json_extract(facts, '$.clock') = 'appointment';

CREATE INDEX timeline_attempt ON timeline (seq)
    WHERE kind = 'contacted' AND json_extract(facts, '$.way') = 'attempt';
