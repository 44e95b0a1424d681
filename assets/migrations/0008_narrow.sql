-- A list finds its rows, and a view its count, without reading the incidents themselves: two indexes hold what filters
-- ask for, in the order of the queue and by number. They take the place of five.
ALTER TABLE incident ADD COLUMN channel TEXT;
UPDATE incident SET channel = body ->> '$.channel';

DROP INDEX incident_queue;
DROP INDEX incident_queue_of;
DROP INDEX incident_due;
DROP INDEX incident_not_given;
DROP INDEX incident_state;

CREATE INDEX incident_queue ON incident (
    queue_key, silence_at, state, severity, product, policy, customer, assignee, channel, due_at, opened_at, level,
    number_given, expedite
) WHERE queue_key IS NOT NULL;

CREATE INDEX incident_newest ON incident (
    number, silence_at, state, severity, product, policy, customer, assignee, channel, due_at, opened_at, level,
    number_given, expedite
);
