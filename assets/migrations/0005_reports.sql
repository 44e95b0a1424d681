-- What reports, views and filters read is found by index: nothing reads every entry, or the body of every incident.

-- What only the body of an incident says: the newest instant by which figures count it, whether a step up the ladder waits
-- for its answer, whether something is owed. Filled from the incidents once the migrations are through.
CREATE TABLE counted (
    incident   INTEGER PRIMARY KEY,
    last_at    INTEGER NOT NULL,
    unanswered INTEGER NOT NULL,
    owes       INTEGER NOT NULL
) STRICT;

CREATE INDEX counted_last ON counted (last_at);
CREATE INDEX counted_unanswered ON counted (incident) WHERE unanswered = 1;
CREATE INDEX counted_owing ON counted (incident) WHERE owes = 1;

-- Calls, money and what was taken back, by their instant.
CREATE INDEX timeline_call ON timeline (at)
    WHERE kind IN ('opened', 'contacted') AND json_extract(facts, '$.channel') = 'phone';
CREATE INDEX timeline_loose ON timeline (at) WHERE kind = 'no-incident';
CREATE INDEX timeline_money ON timeline (at) WHERE kind IN ('paid', 'refunded', 'waived');
CREATE INDEX timeline_sold ON timeline (at) WHERE kind = 'entitlement-added';
CREATE INDEX timeline_undone ON timeline (incident, seq) WHERE kind = 'undone';
CREATE INDEX timeline_taken_over ON timeline (seq) WHERE kind = 'taken-over';

-- The queue of a customer, and what few incidents are.
CREATE INDEX incident_queue_of_customer ON incident (customer, queue_key) WHERE queue_key IS NOT NULL;
CREATE INDEX incident_known ON incident (number) WHERE body ->> '$.forks.known' = 1;
CREATE INDEX incident_emergency ON incident (number) WHERE json_extract(body, '$.emergency') = 1;
CREATE INDEX incident_uncovered ON incident (number) WHERE json_extract(body, '$.uncovered') = 1;
CREATE INDEX incident_in_manual ON incident (number) WHERE json_array_length(body, '$.manual_pages') > 0;
