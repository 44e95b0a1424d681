//! Money, and what customers have left.

use crate::incident::Entitlement;
use crate::policy::EntitlementKind;
use crate::report::gather::Figures;
use crate::report::section::{Bar, Chart, Figure, Row, Section, Value};

const MONEY: &[Figure] = &[
    Figure {
        name: "sold",
        title: "sold",
        definition: "Purchases, packs and prepaid hours sold in advance.",
    },
    Figure {
        name: "paid",
        title: "paid",
        definition: "Payments for single incidents, and for call time past what was prepaid.",
    },
    Figure {
        name: "refunded",
        title: "refunded",
        definition: "Given back.",
    },
    Figure {
        name: "waived",
        title: "waived",
        definition: "Not charged, by the shop's choice.",
    },
    Figure {
        name: "owed",
        title: "owed",
        definition: "Asked for in the period, and neither paid nor waived to this day.",
    },
    Figure {
        name: "kept",
        title: "kept",
        definition: "Sold and paid, less refunded.",
    },
];

/// Money by policy and currency.
pub(super) fn money(figures: &Figures) -> Section {
    let rows = figures.money.together().into_iter().map(|row| {
        let amounts = [
            row.sold,
            row.paid,
            row.refunded,
            row.waived,
            row.owed,
            row.kept,
        ];
        Row {
            labels: [row.policy, row.currency],
            values: amounts.map(Value::Money).into(),
        }
    });
    let charts = figures
        .money
        .received()
        .into_iter()
        .map(|(currency, weeks)| Chart {
            title: format!("sold and paid, {currency}"),
            bars: weeks
                .into_iter()
                .map(|(week, amount)| Bar {
                    label: format!("W{:02}", week.week()),
                    length: u64::try_from(amount.minor).unwrap_or(0),
                    value: Value::Money(amount.amount()),
                })
                .collect(),
            full: None,
        });
    Section {
        name: "money",
        title: "Money",
        about: "Money counts on the day on which it moved, whatever the rest of the report stands by.",
        labels: ["policy", "currency"],
        figures: MONEY,
        rows: rows.collect(),
        charts: charts.collect(),
    }
}

const RUNNING_OUT: &[Figure] = &[
    Figure {
        name: "left",
        title: "left",
        definition: "Incidents of a pack or purchase, minutes of prepaid hours; none for a contract.",
    },
    Figure {
        name: "granted",
        title: "granted",
        definition: "The same when it was bought.",
    },
    Figure {
        name: "last_day",
        title: "last day",
        definition: "The last day on which it is valid.",
    },
];

/// The row of what a customer will soon have no more.
pub(crate) fn runs_out(customer: &str, owned: &Entitlement) -> Row {
    let amount = |amount: i64| {
        let amount = u64::try_from(amount).unwrap_or(0);
        match owned.kind {
            EntitlementKind::Hours => Value::Minutes(amount / 60),
            _ => Value::Count(amount),
        }
    };
    let counted = owned.remaining();
    Row {
        labels: [
            customer.to_owned(),
            format!("{} {}", owned.kind.word(), owned.id.0),
        ],
        values: vec![
            counted.map_or(Value::None, amount),
            counted.map_or(Value::None, |_| amount(owned.granted)),
            owned.to.map_or(Value::None, Value::Day),
        ],
    }
}

/// What customers have that they will soon have no more: on a large desk very many, which are not copied.
pub(super) fn running_out(rows: Vec<Row>) -> Section {
    Section {
        name: "running_out",
        title: "Running out",
        about: "Today, whatever the period: packs and prepaid hours of which a fifth or less is left, and everything that \
                ends within 30 days. What is used up or over has run out already.",
        labels: ["customer", "entitlement"],
        figures: RUNNING_OUT,
        rows,
        charts: Vec::new(),
    }
}
