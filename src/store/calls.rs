//! Calls that led to no incident: kept on the desk's timeline, so that they can be counted.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::chain::Hash;
use super::timeline::{self, Entry, Stamp, Subject};
use super::undo::stands;
use super::{Desk, StoreError};
use crate::incident::{CustomerId, LooseCall, LooseReason, TechRef, checked_text};

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum CallEvent<'a> {
    NoIncident {
        cause: LooseReason,
        seconds: i64,
        held: i64,
        text: Option<&'a str>,
    },
}

/// The facts that a count needs.
#[derive(Deserialize)]
struct Facts {
    cause: LooseReason,
}

/// What an agent recorded while a call ran.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meanwhile {
    /// Incidents that came by telephone, or were gone on with so, and whose call has not ended yet; the oldest first.
    pub incidents: Vec<TechRef>,
    /// Customers that were added.
    pub customers: Vec<CustomerId>,
}

/// How many of the newest entries are looked at for what was recorded meanwhile.
const ENTRIES: i64 = 2_000;

impl Desk {
    /// What `agent`, as the timeline names it, recorded from `from` on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn recorded_since(
        &self,
        agent: &str,
        from: DateTime<Utc>,
    ) -> Result<Meanwhile, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT t.incident, t.customer FROM timeline t
             WHERE t.seq > (SELECT coalesce(max(seq), 0) FROM timeline) - ?1
               AND t.agent = ?2 AND t.recorded_at >= ?3
               AND (t.kind = 'customer-added'
                    OR (t.kind IN ('opened', 'contacted') AND json_extract(t.facts, '$.channel') = 'phone'
                        AND coalesce(json_extract(t.facts, '$.way'), 'in') = 'in'
                        AND coalesce(json_extract(t.facts, '$.seconds'), json_extract(t.facts, '$.call_seconds'), 0) = 0
                        AND NOT EXISTS (SELECT 1 FROM timeline later WHERE later.incident = t.incident
                             AND later.seq > t.seq AND later.kind = 'call-ended')
                        AND {}))
             ORDER BY t.seq",
            stands("t"),
        ))?;
        let mut rows = statement.query(params![ENTRIES, agent, from.timestamp()])?;
        let mut found = Meanwhile::default();
        while let Some(row) = rows.next()? {
            match (row.get::<_, Option<u32>>(0)?, row.get::<_, Option<i64>>(1)?) {
                (Some(number), _) => {
                    let number = TechRef::new(number);
                    if !found.incidents.contains(&number) {
                        found.incidents.push(number);
                    }
                }
                (None, Some(customer)) => found.customers.push(CustomerId(customer)),
                (None, None) => {}
            }
        }
        Ok(found)
    }

    /// Why calls led to no incident, one entry a call, oldest first: those that began at `from` or later and before
    /// `until`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn calls_without_incident(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<LooseReason>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT facts FROM timeline WHERE kind = 'no-incident' AND at >= ?1 AND at < ?2 ORDER BY seq",
        )?;
        let mut rows = statement.query(params![from.timestamp(), until.timestamp()])?;
        let mut reasons = Vec::new();
        while let Some(row) = rows.next()? {
            let facts: Facts = serde_json::from_str(&row.get::<_, String>(0)?)?;
            reasons.push(facts.cause);
        }
        Ok(reasons)
    }
}

pub(super) fn record(
    connection: &Connection,
    call: &LooseCall,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let entry = entry(timeline::head(connection)?, call, stamp, at)?;
    timeline::write(connection, &[entry])
}

/// The entry that a call makes, after the newest one, whose place and hash are known.
pub(super) fn entry(
    newest: (i64, Hash),
    call: &LooseCall,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<Entry, StoreError> {
    let text = call
        .text
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(|text| checked_text("note", text))
        .transpose()?;
    let subject = Subject {
        customer: call.customer,
        ..Subject::default()
    };
    let event = CallEvent::NoIncident {
        cause: call.reason,
        seconds: call.seconds,
        held: call.held,
        text: text.as_deref(),
    };
    timeline::after(newest, subject, stamp, at, &event)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::{CallEnd, Command, Estimate, Log, NewCustomer, NewPolicy, Step};
    use crate::policy::{example_settings, shipped};
    use crate::store::{Context, Done, NewDesk};
    use chrono::TimeDelta;

    fn at(seconds: i64) -> DateTime<Utc> {
        let start: DateTime<Utc> = "2026-11-23T16:00:00Z".parse().unwrap();
        start + TimeDelta::seconds(seconds)
    }

    fn context(seconds: i64) -> Context {
        Context {
            agent: "mira".to_owned(),
            now: at(seconds),
            ..Context::default()
        }
    }

    /// A desk with one incident, which came by a call that began at 0.
    fn desk(policy: &str) -> (tempfile::TempDir, Desk, TechRef) {
        let folder = tempfile::tempdir().unwrap();
        let text = shipped(policy).unwrap().to_owned();
        let settings = example_settings(&text).unwrap();
        let new = NewDesk {
            name: "Desk".to_owned(),
            policies: vec![NewPolicy { text, settings }],
        };
        let path = folder.path().join("desk.holdline");
        let mut desk = Desk::create(&path, &new, &context(-60)).unwrap();
        let customer = NewCustomer {
            name: "Blue Fern".to_owned(),
            ..NewCustomer::default()
        };
        let added = desk.execute(&Command::AddCustomer(customer), &context(-30));
        let Done::Customer(customer, _) = added.unwrap() else {
            panic!("no customer");
        };
        let log = Log {
            severity: (policy == "severity").then(|| "high".to_owned()),
            ..Log::new(customer, "No sound")
        };
        let logged = desk.execute(&Command::Log(Box::new(log)), &context(0));
        let Done::Logged(number) = logged.unwrap() else {
            panic!("no incident");
        };
        (folder, desk, number)
    }

    fn end(answered: bool) -> CallEnd {
        CallEnd {
            began_at: at(0),
            seconds: 240,
            held: 60,
            outside: None,
            answered,
            estimate: None,
            text: None,
            with: None,
            manual_page: None,
        }
    }

    #[test]
    fn an_answer_on_the_call_counts_from_its_start() {
        let (_folder, mut desk, number) = desk("severity");
        let answered = CallEnd {
            estimate: Some(Estimate::By(at(7_200))),
            ..end(true)
        };
        let step = |end| Command::Step(number, Step::CallEnded(end));
        let without = desk.execute(&step(end(true)), &context(300));
        assert!(
            without
                .unwrap_err()
                .to_string()
                .contains("gives an estimate")
        );
        desk.execute(&step(answered), &context(300)).unwrap();
        let incident = desk.dossier(number, at(300)).unwrap().incident;
        assert_eq!(incident.call_seconds, 240);
        assert_eq!(incident.first_response_at, Some(at(0)));
        let response = incident.clocks.first().unwrap();
        assert_eq!(response.stopped.map(|stopped| stopped.at), Some(at(0)));
    }

    #[test]
    fn before_the_payment_a_call_ends_but_is_no_answer() {
        let (_folder, mut desk, number) = desk("per-incident");
        let step = |end| Command::Step(number, Step::CallEnded(end));
        let refused = desk.execute(&step(end(true)), &context(300)).unwrap_err();
        assert!(refused.to_string().contains("awaits payment"), "{refused}");
        desk.execute(&step(end(false)), &context(300)).unwrap();
        let incident = desk.dossier(number, at(300)).unwrap().incident;
        assert_eq!(
            (incident.call_seconds, incident.first_response_at),
            (240, None)
        );
    }

    #[test]
    fn a_call_does_not_end_before_it_began() {
        let (_folder, mut desk, number) = desk("severity");
        let later = CallEnd {
            began_at: at(301),
            ..end(false)
        };
        let negative = CallEnd {
            seconds: -1,
            ..end(false)
        };
        for wrong in [later, negative] {
            let step = Command::Step(number, Step::CallEnded(wrong));
            let refused = desk.execute(&step, &context(300)).unwrap_err();
            assert!(refused.to_string().contains("before it began"), "{refused}");
        }
    }

    #[test]
    fn calls_without_an_incident_are_counted_in_their_span() {
        let (_folder, mut desk, _) = desk("severity");
        for (reason, seconds) in [(LooseReason::Sales, 100), (LooseReason::Question, 200)] {
            let call = LooseCall {
                reason,
                seconds: 30,
                held: 0,
                customer: None,
                text: Some("asked for a price".to_owned()),
            };
            let command = Command::CallWithoutIncident(call);
            desk.execute(&command, &context(seconds)).unwrap();
        }
        let reasons = |from, until| desk.calls_without_incident(at(from), at(until)).unwrap();
        assert_eq!(reasons(0, 300), [LooseReason::Sales, LooseReason::Question]);
        assert_eq!(reasons(101, 200), []);
    }
}
