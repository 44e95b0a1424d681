//! What an event takes of an entitlement and gives back to it. A balance is the sum of such entries, never a number
//! that is overwritten.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::event::{Event, TimeTaken};
use super::people::{Entitlement, EntitlementId};
use super::state::{Cover, Incident};
use crate::policy::EntitlementKind;

/// One entry in the ledger of an entitlement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Of which.
    pub entitlement: EntitlementId,
    /// What became of it.
    pub entry: LedgerEntry,
    /// Incidents, or seconds of prepaid hours: above zero taken, below zero given back.
    pub change: i64,
}

/// What became of something that a customer is entitled to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerEntry {
    /// Set aside for an incident that nobody has answered yet.
    Reserved,
    /// Used up.
    Used,
    /// Given back because the incident came to nothing.
    Released,
    /// Given back though the incident was worked on.
    Refunded,
}

impl LedgerEntry {
    /// The entry's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Used => "used",
            Self::Released => "released",
            Self::Refunded => "refunded",
        }
    }

    /// What became of an entitlement of this kind for an incident. Of what is not counted in incidents nothing is taken by
    /// choosing it: its time is, call by call.
    pub fn in_words(self, kind: EntitlementKind, change: i64) -> &'static str {
        match self {
            _ if change != 0 || units(kind) != 0 => self.word(),
            Self::Reserved | Self::Used => "chosen to pay",
            Self::Released | Self::Refunded => "pays no longer",
        }
    }
}

/// What `event` takes or gives back; `before` is the incident up to it.
pub fn taken(before: Option<&Incident>, event: &Event) -> Vec<Taken> {
    let held = before.and_then(|incident| incident.cover.as_ref());
    match (event, held) {
        (
            Event::Covered {
                cover,
                entitlement: Some(entitlement),
                used,
                ..
            },
            _,
        ) => vec![Taken {
            entitlement: *entitlement,
            entry: if *used {
                LedgerEntry::Used
            } else {
                LedgerEntry::Reserved
            },
            change: units(*cover),
        }],
        (Event::TimeCharged { taken, .. }, _) => of_time(taken, LedgerEntry::Used, 1),
        (Event::TimeGivenBack { taken }, _) => of_time(taken, LedgerEntry::Released, -1),
        (Event::CoverUsed, Some(held)) => of_unit(held, LedgerEntry::Used, 0),
        (Event::CoverReleased, Some(held)) => given_back(held, LedgerEntry::Released),
        (Event::CoverRefunded { .. }, Some(held)) => given_back(held, LedgerEntry::Refunded),
        // The money of a purchase is given back; its unit is not there again.
        (Event::Refunded { .. }, Some(held)) if held.kind == EntitlementKind::PerIncident => {
            let charge = before.and_then(|incident| incident.charge);
            let first = charge.is_some_and(|charge| charge.refunded == 0);
            if first {
                of_unit(held, LedgerEntry::Refunded, 0)
            } else {
                Vec::new()
            }
        }
        (Event::Undone { back, .. }, _) => before.map_or_else(Vec::new, |now| put_back(now, back)),
        _ => Vec::new(),
    }
}

/// Time of several calls is one entry for each entitlement that it is of.
fn of_time(taken: &[TimeTaken], entry: LedgerEntry, sign: i64) -> Vec<Taken> {
    let mut entries: Vec<Taken> = Vec::new();
    for TimeTaken {
        entitlement,
        seconds,
    } in taken.iter().copied()
    {
        let change = sign * seconds;
        match entries.iter_mut().find(|of| of.entitlement == entitlement) {
            Some(of) => of.change += change,
            None => entries.push(Taken {
                entitlement,
                entry,
                change,
            }),
        }
    }
    entries
}

/// What taking a step back gives back and takes again.
fn put_back(now: &Incident, back: &Value) -> Vec<Taken> {
    let mut before = now.clone();
    before.put_back(back);
    match (&now.cover, &before.cover) {
        (now, before) if now == before => Vec::new(),
        (Some(now), Some(before)) if now.entitlement == before.entitlement => {
            of_unit(before, holding(before), 0)
        }
        (now, before) => {
            let mut changes = now
                .as_ref()
                .map_or_else(Vec::new, |held| given_back(held, LedgerEntry::Released));
            changes.extend(before.iter().flat_map(|held| {
                let units = if held.refunded { 0 } else { units(held.kind) };
                of_unit(held, holding(held), units)
            }));
            changes
        }
    }
}

/// How a unit is held.
fn holding(cover: &Cover) -> LedgerEntry {
    if cover.used {
        LedgerEntry::Used
    } else {
        LedgerEntry::Reserved
    }
}

/// Keeps what is left of entitlements up to date with an event; `before` is the incident up to it.
pub fn draw(entitlements: &mut [Entitlement], before: Option<&Incident>, event: &Event) {
    for taken in taken(before, event) {
        let of = entitlements
            .iter_mut()
            .find(|entitlement| entitlement.id == taken.entitlement);
        if let Some(of) = of {
            of.taken += taken.change;
        }
    }
}

/// How many units of its kind one incident takes: contracts and hours are not counted in incidents.
fn units(kind: EntitlementKind) -> i64 {
    match kind {
        EntitlementKind::PerIncident | EntitlementKind::Pack => 1,
        EntitlementKind::Contract | EntitlementKind::Hours | EntitlementKind::Emergency => 0,
    }
}

fn of_unit(held: &Cover, entry: LedgerEntry, change: i64) -> Vec<Taken> {
    let entry = |entitlement| Taken {
        entitlement,
        entry,
        change,
    };
    held.entitlement.map(entry).into_iter().collect()
}

/// A unit that was given back already is not given back again.
fn given_back(held: &Cover, entry: LedgerEntry) -> Vec<Taken> {
    let units = if held.refunded { 0 } else { units(held.kind) };
    of_unit(held, entry, -units)
}
