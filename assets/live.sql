-- What is alive and no history: the file beside a desk that may be deleted at any moment.

-- The consoles that are open. `beat` is the system's clock, by which one sees that a console is there; `seen_at` is the
-- desk's, and tells until when a call went on whose console has gone. `drafts` is what was typed into forms.
CREATE TABLE session (
    id       INTEGER PRIMARY KEY,
    agent    TEXT NOT NULL,
    pid      INTEGER NOT NULL,
    beat     INTEGER NOT NULL,
    seen_at  INTEGER NOT NULL,
    incident INTEGER,
    since    INTEGER,
    drafts   TEXT
) STRICT;

-- Numbers of calls, from the first ring on.
CREATE TABLE number (last INTEGER NOT NULL) STRICT;
INSERT INTO number VALUES (0);

-- The calls that run. A console holds its own: `session`, and which of its calls, `place`. `touched` grows with every
-- change by somebody else.
CREATE TABLE call (
    id      INTEGER PRIMARY KEY,
    agent   TEXT NOT NULL,
    session INTEGER,
    place   INTEGER,
    touched INTEGER NOT NULL DEFAULT 0,
    kept_at INTEGER NOT NULL,
    body    TEXT NOT NULL,
    draft   TEXT,
    UNIQUE (session, place)
) STRICT;

-- What rings and was not answered yet. `channel` is what the telephone system calls the call, where it says so.
CREATE TABLE ring (
    id     INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    line   TEXT,
    channel TEXT,
    at     INTEGER NOT NULL
) STRICT;
