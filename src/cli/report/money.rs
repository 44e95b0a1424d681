//! `holdline report money`.

use super::period::Period;
use super::sheet::{self, Format};
use crate::cli::{Failure, Session};
use crate::report::MoneySums;
use crate::store::Access;

/// What was sold, paid, given back, waived and is owed, by day and policy.
///
/// A day is one of your time zone. Owed is what was asked on that day, or call time that was charged on it past what was
/// prepaid, and not paid or waived to this day. Kept is sold and paid, less what was given back. The last rows add the days up.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline report money
  holdline report money --from 2026-11-01 --to 2026-11-30 --format csv")]
pub(super) struct MoneyReport {
    #[command(flatten)]
    period: Period,
    /// How it is written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

impl MoneyReport {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (from, until) = self.period.bounds(session)?;
        let mut sums = MoneySums::default();
        let add = |moved| sums.add(moved, session.zone());
        let desk = session.open(Access::Read)?;
        desk.still(|desk| desk.each_move(from, until, None, add))?;
        let rows = [sums.by_day(), sums.together()].concat();
        let headings = [
            "day", "policy", "currency", "sold", "paid", "refunded", "waived", "owed", "kept",
        ];
        sheet::print(session, self.format, headings, &rows, |row| {
            let day = row
                .day
                .map_or_else(|| "all days".to_owned(), |day| day.to_string());
            let texts = [
                &row.policy,
                &row.currency,
                &row.sold,
                &row.paid,
                &row.refunded,
                &row.waived,
                &row.owed,
                &row.kept,
            ];
            let [policy, currency, sold, paid, refunded, waived, owed, kept] =
                texts.map(ToOwned::to_owned);
            [
                day, policy, currency, sold, paid, refunded, waived, owed, kept,
            ]
        })
    }
}
