//! Cover: everything that can be bought has its price and a way to pay.

use std::collections::BTreeSet;

use super::Report;
use crate::calendar::Length;
use crate::policy::Money;
use crate::policy::model::{Cover, EntitlementKind, Policy, Without};

pub(super) fn check(policy: &Policy, report: &mut Report) {
    let Some(cover) = &policy.cover else {
        return;
    };
    if cover.kinds.is_empty() {
        report.fault(
            "cover.kinds",
            "nothing covers an incident",
            "name at least one kind, or remove [cover]",
        );
    }
    let mut seen = BTreeSet::new();
    for (n, kind) in cover.kinds.iter().enumerate() {
        if !seen.insert(*kind) {
            report.fault(
                format!("cover.kinds.{n}"),
                "the kind is there twice",
                "remove one",
            );
        }
    }
    parts(cover, report);
    paying(cover, report);
    currencies(cover, report);
    if let Some(hours) = &cover.hours {
        match hours.increment {
            Length::Exact(seconds) if seconds > 0 => {
                if hours.rate.minor.saturating_mul(seconds) % 3_600 != 0 {
                    report.warning(
                        "cover.hours",
                        format!(
                            "{} of {} an hour is no whole amount and will be rounded",
                            hours.increment, hours.rate
                        ),
                        "choose a rate or an increment that comes out even",
                    );
                }
            }
            other => report.fault(
                "cover.hours.increment",
                format!("{other} cannot be charged"),
                "write minutes or hours above zero, such as \"15m\"",
            ),
        }
    }
}

/// Whether each kind has the part that describes it, and each part its kind.
fn parts(cover: &Cover, report: &mut Report) {
    let parts = [
        (
            EntitlementKind::PerIncident,
            "price",
            "per-incident",
            cover.price.is_some(),
        ),
        (EntitlementKind::Pack, "pack", "pack", cover.pack.is_some()),
        (
            EntitlementKind::Hours,
            "hours",
            "hours",
            cover.hours.is_some(),
        ),
    ];
    for (kind, part, name, present) in parts {
        match (cover.kinds.contains(&kind), present) {
            (true, false) => report.fault(
                "cover.kinds",
                format!("\"{name}\" can be bought, and cover.{part} does not say for how much"),
                format!("add {part}, or remove the kind"),
            ),
            (false, true) => report.warning(
                format!("cover.{part}"),
                format!("it describes the kind \"{name}\", which cover.kinds does not name"),
                "add the kind, or remove this",
            ),
            _ => {}
        }
    }
    if cover.pack.as_ref().is_some_and(|pack| pack.size == 0) {
        report.fault(
            "cover.pack.size",
            "the pack covers nothing",
            "write how many incidents it covers",
        );
    }
}

fn paying(cover: &Cover, report: &mut Report) {
    let sold = [
        EntitlementKind::PerIncident,
        EntitlementKind::Pack,
        EntitlementKind::Hours,
    ];
    let sells = cover.kinds.iter().any(|kind| sold.contains(kind));
    if sells && cover.methods.is_empty() {
        report.fault(
            "cover.methods",
            "no method of payment is taken",
            "name at least one, such as \"bank-transfer\"",
        );
    }
    if !sells && cover.without == Without::AwaitPayment {
        report.fault(
            "cover.without",
            "an incident would wait for a payment, and nothing can be bought",
            "add a kind that can, or write without = \"mark\"",
        );
    }
    super::names::words(
        "cover.methods",
        "",
        cover.methods.iter().map(String::as_str),
        report,
    );
}

/// Whether all prices are above zero and in one currency.
fn currencies(cover: &Cover, report: &mut Report) {
    let prices: Vec<(&str, Money)> = [
        ("cover.price", cover.price),
        ("cover.pack.price", cover.pack.as_ref().map(|p| p.price)),
        ("cover.hours.rate", cover.hours.as_ref().map(|h| h.rate)),
    ]
    .into_iter()
    .filter_map(|(path, price)| price.map(|price| (path, price)))
    .collect();
    for (path, price) in &prices {
        if price.minor <= 0 {
            report.fault(
                *path,
                format!("{price} is no price"),
                "write an amount above zero",
            );
        }
        if let Some((_, first)) = prices
            .first()
            .filter(|(_, first)| first.currency != price.currency)
        {
            report.fault(
                *path,
                format!("{price} is in another currency than {first}"),
                "keep one policy to one currency",
            );
        }
    }
}
