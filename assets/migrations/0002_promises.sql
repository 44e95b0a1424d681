-- What a desk needs to keep every promise of a policy: closures, messages and mail, forks, the money of prepaid time.

-- Closures and extra openings.

-- Messages and mail.

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
