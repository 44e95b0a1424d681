-- The desk. Instants are UTC seconds, money is minor units, lengths are seconds.

CREATE TABLE desk (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened, in the order in which it was recorded. `facts` is JSON without free texts; `words` is a JSON object of
-- those. `hash` chains each entry to the one before over the facts and over the digests of the texts, not the texts
-- themselves, so that a text can be erased and the chain still holds. `salts` and `digests` have one entry a text, in
-- the order of their keys; an erased text is null and its salt is zero.
CREATE TABLE timeline (
    seq         INTEGER PRIMARY KEY,
    incident    INTEGER,
    customer    INTEGER,
    at          INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    agent       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    facts       TEXT NOT NULL,
    words       TEXT,
    salts       BLOB,
    digests     BLOB,
    hash        BLOB NOT NULL
) STRICT;

CREATE INDEX timeline_of_incident ON timeline (incident, seq) WHERE incident IS NOT NULL;
CREATE INDEX timeline_of_customer ON timeline (customer, seq) WHERE customer IS NOT NULL;

CREATE TRIGGER timeline_is_never_deleted BEFORE DELETE ON timeline BEGIN
    SELECT raise(ABORT, 'the timeline is append-only');
END;

CREATE TRIGGER timeline_is_never_changed
BEFORE UPDATE OF seq, incident, customer, at, recorded_at, agent, kind, facts, digests, hash ON timeline BEGIN
    SELECT raise(ABORT, 'the timeline is append-only');
END;

CREATE TABLE policy (
    name     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    text     TEXT NOT NULL,
    settings TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE agent (
    name     TEXT PRIMARY KEY,
    added_at INTEGER NOT NULL,
    left_at  INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
    id              INTEGER PRIMARY KEY,
    code            TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name            TEXT NOT NULL,
    policy          TEXT,
    office          TEXT,
    account_manager TEXT,
    contacts        TEXT NOT NULL
) STRICT;

CREATE INDEX customer_by_name ON customer (name COLLATE NOCASE);

-- Names, codes, mail addresses and the digits of telephone numbers of a customer and its people, by customer.
CREATE VIRTUAL TABLE caller USING fts5 (
    name, reach, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE entitlement (
    id        INTEGER PRIMARY KEY,
    customer  INTEGER NOT NULL REFERENCES customer (id),
    kind      TEXT NOT NULL,
    from_day  TEXT,
    to_day    TEXT,
    granted   INTEGER NOT NULL,
    price     TEXT,
    reference TEXT,
    added_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX entitlement_of_customer ON entitlement (customer);

-- What was taken of an entitlement and given back to it: a balance is a sum, never a number that is overwritten.
CREATE TABLE ledger (
    seq         INTEGER NOT NULL REFERENCES timeline (seq),
    entitlement INTEGER NOT NULL REFERENCES entitlement (id),
    incident    INTEGER NOT NULL,
    entry       TEXT NOT NULL,
    change      INTEGER NOT NULL,
    PRIMARY KEY (entitlement, seq)
) STRICT, WITHOUT ROWID;

-- The current state, which the timeline can rebuild. `body` is the whole of it; the columns are what is searched,
-- sorted and shown in lists. `queue_key` sorts as the queue does, and is null once there is nothing left to do.
CREATE TABLE incident (
    number       INTEGER PRIMARY KEY,
    revision     INTEGER NOT NULL,
    state        TEXT NOT NULL,
    customer     INTEGER NOT NULL REFERENCES customer (id),
    policy       TEXT NOT NULL,
    summary      TEXT NOT NULL,
    severity     TEXT,
    product      TEXT,
    assignee     TEXT,
    opened_at    INTEGER NOT NULL,
    clock        TEXT,
    counted      TEXT,
    office       TEXT,
    due_at       INTEGER,
    silence_at   INTEGER,
    level        INTEGER NOT NULL,
    number_given INTEGER NOT NULL,
    expedite     INTEGER NOT NULL,
    external_id  TEXT,
    queue_key    BLOB,
    body         TEXT NOT NULL
) STRICT;

CREATE INDEX incident_queue ON incident (queue_key) WHERE queue_key IS NOT NULL;
CREATE INDEX incident_queue_of ON incident (assignee, queue_key) WHERE queue_key IS NOT NULL;
CREATE INDEX incident_due ON incident (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX incident_silence ON incident (silence_at) WHERE silence_at IS NOT NULL;
CREATE INDEX incident_state ON incident (state, number);
CREATE INDEX incident_customer ON incident (customer, number);
CREATE INDEX incident_not_given ON incident (number) WHERE number_given = 0 AND queue_key IS NOT NULL;
CREATE INDEX incident_escalated ON incident (level, number) WHERE level > 0;
CREATE UNIQUE INDEX incident_external ON incident (external_id) WHERE external_id IS NOT NULL;

-- The words of each incident and its timeline, by incident number.
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);

-- The first answer to each command that was sent with a key, so that sending it again changes nothing.
CREATE TABLE once (
    key    TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
