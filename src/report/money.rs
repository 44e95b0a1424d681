//! Money by day, policy and currency.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
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

#[derive(Default)]
struct Sums {
    sold: i64,
    paid: i64,
    refunded: i64,
    waived: i64,
    owed: i64,
}

impl Sums {
    fn add(&mut self, moved: &Moved) {
        let minor = moved.amount.minor;
        match moved.what {
            MoneyMove::Sold => self.sold += minor,
            MoneyMove::Paid => self.paid += minor,
            MoneyMove::Refunded => self.refunded += minor,
            MoneyMove::Waived => self.waived += minor,
            MoneyMove::Owed => self.owed += minor,
        }
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

/// One row a day in `zone`, policy and currency, in that order; after them one for each policy and currency over all days.
pub fn money(moved: &[Moved], zone: Tz) -> Vec<MoneyRow> {
    let mut days: BTreeMap<(NaiveDate, &str, String), (Currency, Sums)> = BTreeMap::new();
    let mut all: BTreeMap<(&str, String), (Currency, Sums)> = BTreeMap::new();
    for moved in moved {
        let (policy, currency) = (moved.policy.as_str(), moved.amount.currency);
        let day = moved.at.with_timezone(&zone).date_naive();
        let of_day = days
            .entry((day, policy, currency.to_string()))
            .or_insert_with(|| (currency, Sums::default()));
        of_day.1.add(moved);
        let of_all = all
            .entry((policy, currency.to_string()))
            .or_insert_with(|| (currency, Sums::default()));
        of_all.1.add(moved);
    }
    let by_day = days
        .iter()
        .map(|((day, policy, _), (currency, sums))| sums.row(Some(*day), policy, *currency));
    let together = all
        .iter()
        .map(|((policy, _), (currency, sums))| sums.row(None, policy, *currency));
    by_day.chain(together).collect()
}

/// What came in, sold or paid, by currency and week.
pub(super) fn received(
    moved: &[Moved],
    week: impl Fn(DateTime<Utc>) -> String,
) -> BTreeMap<String, BTreeMap<String, Money>> {
    let mut weeks: BTreeMap<String, BTreeMap<String, Money>> = BTreeMap::new();
    let came = |moved: &&Moved| matches!(moved.what, MoneyMove::Sold | MoneyMove::Paid);
    for moved in moved.iter().filter(came) {
        let currency = moved.amount.currency;
        let sum = weeks
            .entry(currency.to_string())
            .or_default()
            .entry(week(moved.at))
            .or_insert(Money::zero(currency));
        sum.minor += moved.amount.minor;
    }
    weeks
}
