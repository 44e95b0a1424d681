//! The current state of incidents: reading it, and writing it beside the entries that changed it.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::timeline::{self, Stamp, Subject};
use super::{Desk, StoreError, arrivals, counted, entitlements, messages, row, undo};
use crate::incident::{
    Clock, Customer, CustomerId, Dated, Entitlement, Event, FIRST, Incident, Recorded, Refusal,
    RefusalKind, Taken, TechRef, as_of, taken,
};

impl Desk {
    /// An incident as everybody sees it at `now`, with its customer.
    ///
    /// # Errors
    /// When there is none with that number, or the file cannot be read.
    pub fn incident(
        &self,
        number: TechRef,
        now: DateTime<Utc>,
    ) -> Result<(Incident, Customer), StoreError> {
        let incident = load(&self.connection, number)?;
        let customer = super::people::customer(&self.connection, incident.customer)?;
        Ok((self.seen(incident, now)?, customer))
    }

    /// An incident's whole timeline, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn timeline(&self, number: TechRef) -> Result<Vec<Recorded>, StoreError> {
        timeline::of_incident(&self.connection, number)
    }

    /// The newest number that was given; none on a desk without incidents.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_number(&self) -> Result<Option<TechRef>, StoreError> {
        let newest: Option<u32> =
            self.connection
                .query_row("SELECT max(number) FROM incident", [], |row| row.get(0))?;
        Ok(newest.map(TechRef::new))
    }

    /// The number that an incident from another system has here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn by_external_id(&self, external: &str) -> Result<Option<TechRef>, StoreError> {
        let number: Option<u32> = self
            .connection
            .prepare_cached("SELECT number FROM incident WHERE external_id = ?1")?
            .query_row([external], |row| row.get(0))
            .optional()?;
        Ok(number.map(TechRef::new))
    }

    /// An incident with a silence that ran out shown as resolved; its policy is looked up only then.
    pub(super) fn seen(
        &self,
        incident: Incident,
        now: DateTime<Utc>,
    ) -> Result<Incident, StoreError> {
        if incident.silence_ends().is_none_or(|at| at > now) {
            return Ok(incident);
        }
        let ruling = self.ruling_of(&incident.policy, incident.policy_version)?;
        Ok(as_of(&incident, &ruling.policy, now))
    }
}

/// The stored state of an incident.
pub(super) fn load(connection: &Connection, number: TechRef) -> Result<Incident, StoreError> {
    let body: Option<String> = connection
        .prepare_cached("SELECT body FROM incident WHERE number = ?1")?
        .query_row([number.sequence()], |row| row.get(0))
        .optional()?;
    match body {
        Some(body) => {
            let incident: Incident = serde_json::from_str(&body)?;
            if !incident.clocks.iter().any(Clock::forgets_pauses) {
                return Ok(incident);
            }
            let timeline = timeline::of_incident(connection, number)?;
            Ok(Incident::replay(number, &timeline).unwrap_or(incident))
        }
        None => Err(StoreError::Refused(Refusal {
            kind: RefusalKind::Unknown,
            message: format!(
                "no incident {number} on this desk: its check digit is right, so it may be another desk's"
            ),
        })),
    }
}

/// The number that the next incident gets. Must be called within a write transaction.
pub(super) fn next_number(connection: &Connection) -> Result<TechRef, StoreError> {
    let newest: Option<u32> = connection
        .prepare_cached("SELECT max(number) FROM incident")?
        .query_row([], |row| row.get(0))?;
    Ok(TechRef::new(newest.map_or(FIRST, |newest| newest + 1)))
}

/// Appends decided events to the timeline and the ledger; `before` is the incident so far, none where the first of them
/// opens it. Says by which words the incident is found since.
pub(super) fn record(
    connection: &Connection,
    number: TechRef,
    before: Option<Incident>,
    events: Vec<Dated>,
    stamp: Stamp<'_>,
) -> Result<FoundBy, StoreError> {
    let subject = Subject {
        incident: Some(number),
        customer: None,
    };
    let mut head = timeline::head(connection)?;
    let mut entries = Vec::with_capacity(events.len());
    for (at, event) in &events {
        let entry = timeline::after(head, subject, stamp, *at, event)?;
        head = (entry.seq, entry.hash);
        entries.push(entry);
    }
    timeline::write(connection, &entries)?;
    if let Some(first) = entries.first() {
        undo::begin(connection, number, first.seq)?;
    }
    let (mut state, mut found_by) = (before, FoundBy::default());
    for (mut entry, (at, event)) in entries.into_iter().zip(events) {
        found_by.texts.append(&mut entry.words.found_by);
        found_by.others |= moves_words(&event);
        follow(
            connection,
            entry.seq,
            number,
            &mut state,
            &stamp.entry(at, event),
        )?;
    }
    Ok(found_by)
}

/// By which words an incident is found since something was recorded on it.
#[derive(Default)]
pub(super) struct FoundBy {
    /// The texts that came with it.
    pub(super) texts: Vec<String>,
    /// Whether others than those of its timeline may be different.
    pub(super) others: bool,
}

impl FoundBy {
    /// Takes up what was recorded after it.
    pub(super) fn then(&mut self, mut more: Self) {
        self.texts.append(&mut more.texts);
        self.others |= more.others;
    }

    /// Whether the words are not what they were.
    pub(super) fn changed(&self) -> bool {
        self.others || !self.texts.is_empty()
    }
}

/// Takes an entry of the timeline into the state of its incident, and writes what it does to the ledger and the
/// outbox.
pub(super) fn follow(
    connection: &Connection,
    seq: i64,
    number: TechRef,
    state: &mut Option<Incident>,
    entry: &Recorded,
) -> Result<(), StoreError> {
    let taken = taken(state.as_ref(), &entry.event);
    besides(connection, seq, number, &taken, entry)?;
    match state {
        Some(state) => state.apply(entry),
        None => *state = Incident::replay(number, [entry]),
    }
    Ok(())
}

/// Writes what an entry of an incident does to the ledger, the customer's balance and the outbox.
pub(super) fn besides(
    connection: &Connection,
    seq: i64,
    number: TechRef,
    taken: &[Taken],
    entry: &Recorded,
) -> Result<(), StoreError> {
    ledger(connection, seq, number, taken)?;
    if let Some((customer, kept)) = kept(entry) {
        entitlements::insert(connection, customer, &kept)?;
    }
    messages::follow(connection, seq, number, &entry.event)?;
    arrivals::follow(connection, seq, number, &entry.event)
}

/// Whether an event changes by which words its incident is found though it brings none of its own: its customer's, the
/// numbers of those that were merged into it.
pub(super) fn moves_words(event: &Event) -> bool {
    matches!(
        event,
        Event::Edited(_)
            | Event::Undone { .. }
            | Event::MergedFrom { .. }
            | Event::PartedFrom { .. }
    )
}

/// Writes the state of an incident.
pub(super) fn save(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    row::save(connection, incident)?;
    counted::save(connection, incident)
}

/// Writes the state of an incident that is new, and the words by which it is found; those of its timeline are `texts`.
pub(super) fn put_new(
    connection: &Connection,
    incident: Box<Incident>,
    texts: Vec<String>,
) -> Result<(), StoreError> {
    let number = incident.tech_ref.sequence();
    let mut words = words_before(&incident, &customer_name(connection, &incident)?);
    words.extend(texts);
    row::put_new(connection, &[row::New::of(incident)?])?;
    put_new_words(connection, number, &words.join("\n"))
}

/// Writes what an event takes of an entitlement or gives back to it.
fn ledger(
    connection: &Connection,
    seq: i64,
    number: TechRef,
    taken: &[Taken],
) -> Result<(), StoreError> {
    for taken in taken {
        connection
            .prepare_cached("INSERT INTO ledger (seq, entitlement, incident, entry, change) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![
                seq,
                taken.entitlement.0,
                number.sequence(),
                taken.entry.word(),
                taken.change
            ])?;
    }
    Ok(())
}

/// What a payment became in a customer's balance.
pub(super) fn kept(entry: &Recorded) -> Option<(CustomerId, Entitlement)> {
    let Event::PaymentKept {
        customer,
        entitlement,
        cover,
        granted,
        price,
        reference,
    } = &entry.event
    else {
        return None;
    };
    let kept = Entitlement {
        id: *entitlement,
        kind: *cover,
        from: None,
        to: None,
        granted: *granted,
        taken: 0,
        added_at: entry.recorded_at,
        price: Some(*price),
        reference: reference.clone(),
    };
    Some((*customer, kept))
}

/// Puts the words of an incident and of its whole timeline into the search index.
pub(super) fn index(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    let words = words(connection, incident)?;
    put_words(connection, incident.tech_ref.sequence(), &words)
}

/// What an incident is found by besides the words of its timeline: its customer's name, and the numbers that lead to it.
pub(super) fn named_by(incident: &Incident) -> (CustomerId, Vec<TechRef>) {
    let merged = incident.forks.merged_from.iter();
    (
        incident.customer,
        merged.map(|merged| merged.number).collect(),
    )
}

/// Puts the words of all incidents that others were merged into into the search index.
pub(super) fn index_merged(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare(
        "SELECT number FROM incident WHERE json_array_length(body, '$.forks.merged_from') > 0",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        index(connection, &load(connection, TechRef::new(row.get(0)?))?)?;
    }
    Ok(())
}

/// Puts the words of all incidents of a customer into the search index, which has its name.
pub(super) fn index_of_customer(
    connection: &Connection,
    customer: CustomerId,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT number FROM incident WHERE customer = ?1")?;
    let mut rows = statement.query([customer.0])?;
    while let Some(row) = rows.next()? {
        index(connection, &load(connection, TechRef::new(row.get(0)?))?)?;
    }
    Ok(())
}

/// The words by which an incident is found.
pub(super) fn words(connection: &Connection, incident: &Incident) -> Result<String, StoreError> {
    let mut words = words_before(incident, &customer_name(connection, incident)?);
    let mut statement = connection.prepare_cached(
        "SELECT words FROM timeline WHERE incident = ?1 AND words IS NOT NULL ORDER BY seq",
    )?;
    let mut rows = statement.query([incident.tech_ref.sequence()])?;
    while let Some(row) = rows.next()? {
        let texts: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&row.get::<_, String>(0)?)?;
        words.extend(
            texts
                .into_iter()
                .filter_map(|(_, text)| text.as_str().map(str::to_owned)),
        );
    }
    Ok(words.join("\n"))
}

fn customer_name(connection: &Connection, incident: &Incident) -> Result<String, StoreError> {
    let mut name = connection.prepare_cached("SELECT name FROM customer WHERE id = ?1")?;
    Ok(name.query_row([incident.customer.0], |row| row.get(0))?)
}

/// Those that stand before the words of its timeline; `customer` is its customer's name.
pub(super) fn words_before(incident: &Incident, customer: &str) -> Vec<String> {
    let mut words = vec![incident.tech_ref.to_string(), customer.to_owned()];
    words.extend(incident.external_id.clone());
    let merged = incident.forks.merged_from.iter();
    words.extend(merged.map(|merged| merged.number.to_string()));
    words
}

/// Puts words into the search index, instead of those that it has under the number.
pub(super) fn put_words(
    connection: &Connection,
    number: u32,
    words: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM search WHERE rowid = ?1")?
        .execute([number])?;
    put_new_words(connection, number, words)
}

/// Puts words into the search index under a number that it does not have.
pub(super) fn put_new_words(
    connection: &Connection,
    number: u32,
    words: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO search (rowid, words) VALUES (?1, ?2)")?
        .execute(params![number, words])?;
    Ok(())
}
