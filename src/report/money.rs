//! Money by day, policy and currency.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, IsoWeek, NaiveDate};
use chrono_tz::Tz;
use serde::Serialize;

use crate::policy::{Currency, Money};
use crate::store::{MoneyMove, Moved};

/// What came in and went out on a day under a policy, in one currency. Amounts are decimal texts of that currency.
///
/// What came in is `sold` and `paid`; what the shop keeps of it is `kept`: that less `refunded`. What was asked for single
/// incidents is `paid`, `waived` and `owed` together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MoneyRow {
    /// The day; none for all of them together.
    pub day: Option<NaiveDate>,
    /// The policy.
    pub policy: String,
    /// The currency.
    pub currency: String,
    /// Purchases, packs and prepaid hours sold in advance.
    pub sold: String,
    /// Payments for single incidents, and for call time past what was prepaid.
    pub paid: String,
    /// Given back.
    pub refunded: String,
    /// Not charged, by the shop's choice.
    pub waived: String,
    /// Asked on that day and not paid or waived to this day.
    pub owed: String,
    /// Sold and paid, less what was given back.
    pub kept: String,
}

#[derive(Debug, Default)]
struct Sums {
    sold: i64,
    paid: i64,
    refunded: i64,
    waived: i64,
    owed: i64,
}

impl Sums {
    fn add(&mut self, what: MoneyMove, minor: i64) {
        match what {
            MoneyMove::Sold => self.sold += minor,
            MoneyMove::Paid => self.paid += minor,
            MoneyMove::Refunded => self.refunded += minor,
            MoneyMove::Waived => self.waived += minor,
            MoneyMove::Owed => self.owed += minor,
        }
    }

    fn join(&mut self, other: &Self) {
        self.sold += other.sold;
        self.paid += other.paid;
        self.refunded += other.refunded;
        self.waived += other.waived;
        self.owed += other.owed;
    }

    fn row(&self, day: Option<NaiveDate>, policy: &str, currency: Currency) -> MoneyRow {
        let text = |minor| Money { minor, currency }.amount();
        MoneyRow {
            day,
            policy: policy.to_owned(),
            currency: currency.to_string(),
            sold: text(self.sold),
            paid: text(self.paid),
            refunded: text(self.refunded),
            waived: text(self.waived),
            owed: text(self.owed),
            kept: text(self.sold + self.paid - self.refunded),
        }
    }
}

/// Money summed up by day, policy and currency.
#[derive(Debug, Default)]
pub struct MoneySums {
    days: BTreeMap<(NaiveDate, String, String), (Currency, Sums)>,
}

impl MoneySums {
    /// Adds money that moved, on its day in `zone`.
    pub fn add(&mut self, moved: Moved, zone: Tz) {
        let currency = moved.amount.currency;
        let day = moved.at.with_timezone(&zone).date_naive();
        let empty = || (currency, Sums::default());
        let key = (day, moved.policy, currency.to_string());
        let (_, sums) = self.days.entry(key).or_insert_with(empty);
        sums.add(moved.what, moved.amount.minor);
    }

    /// One row a day, policy and currency, in that order.
    pub fn by_day(&self) -> Vec<MoneyRow> {
        let days = self.days.iter();
        days.map(|((day, policy, _), (currency, sums))| sums.row(Some(*day), policy, *currency))
            .collect()
    }

    /// One row for each policy and currency over all days.
    pub fn together(&self) -> Vec<MoneyRow> {
        let mut all: BTreeMap<(&str, &str), (Currency, Sums)> = BTreeMap::new();
        for ((_, policy, name), (currency, sums)) in &self.days {
            let empty = || (*currency, Sums::default());
            let (_, whole) = all.entry((policy, name)).or_insert_with(empty);
            whole.join(sums);
        }
        let rows = all.into_iter();
        rows.map(|((policy, _), (currency, sums))| sums.row(None, policy, currency))
            .collect()
    }

    /// What came in, sold or paid, by currency and week: every week from the first to the last in which money of any
    /// currency moved, so that a week with nothing is not passed over.
    pub(super) fn received(&self) -> BTreeMap<&str, BTreeMap<IsoWeek, Money>> {
        let mut weeks: BTreeMap<&str, BTreeMap<IsoWeek, Money>> = BTreeMap::new();
        let days = || self.days.keys().map(|(day, ..)| *day);
        let all: BTreeSet<IsoWeek> = match (days().min(), days().max()) {
            (Some(first), Some(last)) => first
                .iter_days()
                .take_while(|day| *day <= last)
                .map(|day| day.iso_week())
                .collect(),
            _ => BTreeSet::new(),
        };
        for ((day, _, name), (currency, sums)) in &self.days {
            let nothing = || all.iter().map(|week| (*week, Money::zero(*currency)));
            let of_currency = weeks.entry(name).or_insert_with(|| nothing().collect());
            if let Some(sum) = of_currency.get_mut(&day.iso_week()) {
                sum.minor += sums.sold + sums.paid;
            }
        }
        weeks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_with_nothing_is_there_in_every_currency() {
        let mut sums = MoneySums::default();
        for (at, amount) in [
            ("2026-10-27T12:00:00Z", "139.00 USD"),
            ("2026-11-10T12:00:00Z", "20.00 GBP"),
        ] {
            let moved = Moved {
                at: at.parse().unwrap(),
                policy: "per-incident".to_owned(),
                what: MoneyMove::Paid,
                amount: amount.parse().unwrap(),
            };
            sums.add(moved, Tz::UTC);
        }
        let received = sums.received();
        let amounts = |currency: &str| {
            let weeks = received.get(currency).unwrap().iter();
            weeks
                .map(|(week, sum)| (week.week(), sum.amount()))
                .collect::<Vec<_>>()
        };
        let amount = |week, text: &str| (week, text.to_owned());
        let dollars = [amount(44, "139.00"), amount(45, "0.00"), amount(46, "0.00")];
        assert_eq!(amounts("USD"), dollars);
        let pounds = [amount(44, "0.00"), amount(45, "0.00"), amount(46, "20.00")];
        assert_eq!(amounts("GBP"), pounds);
    }
}
