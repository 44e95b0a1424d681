-- What a desk needs to keep every promise of a policy: closures, messages and mail, forks, the money of prepaid time.

-- Closures and extra openings.

-- Messages and mail.

-- The outbox. `seq` is the entry of the timeline that queued the message, `wording` the one that says what it says now,
-- `changed` the newest about it.
CREATE TABLE message (
    seq        INTEGER PRIMARY KEY REFERENCES timeline (seq),
    incident   INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    occasion   TEXT NOT NULL,
    state      TEXT NOT NULL,
    wording    INTEGER NOT NULL REFERENCES timeline (seq),
    changed    INTEGER NOT NULL REFERENCES timeline (seq),
    UNIQUE (incident, n)
) STRICT;

CREATE INDEX message_to_send ON message (state, seq) WHERE state IN ('queued', 'failed');

-- Links, merges and known faults.

-- Prepaid time.

-- People: PINs, registered addresses, conduct.

-- The secret by which a customer's callers prove who they are, as an argon2id hash, and how often in a row it was wrong.
CREATE TABLE pin (
    customer INTEGER PRIMARY KEY REFERENCES customer (id),
    hash     TEXT NOT NULL,
    wrong    INTEGER NOT NULL,
    wrong_at INTEGER
) STRICT;
