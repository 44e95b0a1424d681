//! What open time comes from: the hours of local days, the zone, a desk's exceptions.

use super::days::{DAY, END_DAY, FIRST_DAY};
use super::error::CalendarError;
use super::hours::Hours;
use super::shift::Shift;
use super::span::{Stretch, merge, subtract};
use super::spec::{Exception, ExceptionKind};
use super::zone::Zone;

/// All that decides what is open when.
#[derive(Debug)]
pub(super) struct Sources {
    pub(super) zone: Zone,
    pub(super) hours: Hours,
    /// Merged.
    closures: Vec<Stretch>,
    /// The closures one by one, with their reasons.
    reasons: Vec<(Stretch, String)>,
    /// With the day to which each belongs, in order.
    openings: Vec<(i64, Stretch)>,
}

impl Sources {
    /// # Errors
    /// An exception that ends before it begins.
    pub(super) fn new(
        zone: Zone,
        hours: Hours,
        exceptions: &[Exception],
    ) -> Result<Self, CalendarError> {
        let covered = Stretch {
            from: FIRST_DAY * DAY,
            to: END_DAY * DAY,
        };
        let (mut reasons, mut openings) = (Vec::new(), Vec::new());
        for exception in exceptions {
            let stretch = Stretch {
                from: exception.from.timestamp(),
                to: exception.to.timestamp(),
            };
            if stretch.is_empty() {
                let problem = format!(
                    "\"{}\" ends at {}, not after its start at {}: give a later end",
                    exception.reason, exception.to, exception.from
                );
                return Err(CalendarError::field("exceptions", problem));
            }
            match exception.kind {
                ExceptionKind::Closed => reasons.push((stretch, exception.reason.clone())),
                ExceptionKind::Open => openings.extend(by_day(&zone, stretch.within(covered))),
            }
        }
        reasons.sort();
        openings.sort_unstable();
        let closures = merge(reasons.iter().map(|(stretch, _)| *stretch).collect());
        Ok(Self {
            zone,
            hours,
            closures,
            reasons,
            openings,
        })
    }

    /// A shift of a local day as instants; empty if a clock change turns it round.
    pub(super) fn stretch(&self, day: i64, shift: Shift) -> Stretch {
        Stretch {
            from: self.zone.instant(day * DAY + shift.from),
            to: self.zone.instant(day * DAY + shift.to),
        }
    }

    /// The reasons of the desk's closures that meet some time, in the order of their starts.
    pub(super) fn closures_within(&self, bounds: Stretch) -> impl Iterator<Item = &str> {
        let met = self
            .reasons
            .iter()
            .filter(move |(closure, _)| !closure.within(bounds).is_empty());
        met.map(|(_, reason)| reason.as_str())
    }

    /// The open time that belongs to a local day, merged.
    pub(super) fn open_on(&self, day: i64) -> Vec<Stretch> {
        let shifts = self
            .hours
            .day(day)
            .shifts
            .iter()
            .map(|&shift| self.stretch(day, shift));
        let first = self.openings.partition_point(|(of, _)| *of < day);
        let openings = self
            .openings
            .iter()
            .skip(first)
            .take_while(|(of, _)| *of == day)
            .map(|(_, stretch)| *stretch);
        subtract(&merge(shifts.chain(openings).collect()), &self.closures)
    }
}

/// An opening by the local days to which it belongs: up to 24 hours are a shift of the day on which they start.
fn by_day(zone: &Zone, opening: Stretch) -> Vec<(i64, Stretch)> {
    let mut days = Vec::new();
    let mut left = opening;
    while !left.is_empty() {
        let day = zone.local(left.from).div_euclid(DAY);
        let midnight = zone.instant((day + 1) * DAY);
        let to = if opening.to - opening.from <= DAY || midnight <= left.from {
            left.to
        } else {
            left.to.min(midnight)
        };
        days.push((
            day,
            Stretch {
                from: left.from,
                to,
            },
        ));
        left.from = to;
    }
    days
}
