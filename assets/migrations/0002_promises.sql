-- What a desk needs to keep every promise of a policy: closures, messages and mail, forks, the money of prepaid time.

-- Closures and extra openings.

-- Messages and mail.

-- Links, merges and known faults.

-- Prepaid time.

-- People: PINs, registered addresses, conduct.
