-- What is alive and no history: the file beside a desk that may be deleted at any moment.

-- The consoles that are open. `beat` is the system's clock, by which one sees that a console is there; `seen_at` is the
-- desk's, and tells until when a call went on whose console has gone.
CREATE TABLE session (
    id       INTEGER PRIMARY KEY,
    agent    TEXT NOT NULL,
    pid      INTEGER NOT NULL,
    beat     INTEGER NOT NULL,
    seen_at  INTEGER NOT NULL,
    incident INTEGER,
    since    INTEGER
) STRICT;

-- The calls that run. A console holds its own: `session`, and which of its calls, `place`. `touched` grows with every
-- change by somebody else.
CREATE TABLE call (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    agent   TEXT NOT NULL,
    session INTEGER,
    place   INTEGER,
    touched INTEGER NOT NULL DEFAULT 0,
    kept_at INTEGER NOT NULL,
    body    TEXT NOT NULL,
    draft   TEXT,
    UNIQUE (session, place)
) STRICT;

-- What was typed into forms that were left by a sudden end.
CREATE TABLE draft (
    agent   TEXT NOT NULL,
    session INTEGER NOT NULL,
    name    TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (session, name)
) STRICT, WITHOUT ROWID;

-- The telephone rings.
CREATE TABLE ring (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    number      TEXT NOT NULL,
    line        TEXT,
    at          INTEGER NOT NULL,
    beat        INTEGER NOT NULL,
    answered_by TEXT
) STRICT;
