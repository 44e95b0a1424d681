//! What a desk changes about its hours.

use chrono::{DateTime, Utc};

use crate::shop::Shop;

/// A deviation of the desk: a closure, or an opening.
#[derive(Clone, Copy)]
pub(super) struct Deviation {
    policy: Option<&'static str>,
    office: Option<&'static str>,
    from: &'static str,
    to: &'static str,
    pub(super) opens: bool,
}

pub(super) const DEVIATIONS: [Deviation; 8] = [
    closed(None, None, "2026-02-10T15:00:00Z", "2026-02-10T19:30:00Z"),
    closed(
        Some("per-incident"),
        None,
        "2026-11-23T19:00:00Z",
        "2026-11-23T20:15:00Z",
    ),
    closed(
        None,
        Some("uk"),
        "2026-10-26T00:00:00Z",
        "2026-10-27T12:00:00Z",
    ),
    closed(
        None,
        Some("france"),
        "2027-03-25T09:00:00Z",
        "2027-03-25T11:00:00Z",
    ),
    opened(
        Some("escalation"),
        None,
        "2026-11-28T09:00:00Z",
        "2026-11-28T15:00:00Z",
    ),
    opened(
        Some("severity"),
        None,
        "2026-07-04T15:00:00Z",
        "2026-07-04T20:00:00Z",
    ),
    closed(
        Some("twilight"),
        None,
        "2026-11-24T22:30:00Z",
        "2026-11-25T02:30:00Z",
    ),
    opened(
        Some("per-incident"),
        None,
        "2027-11-07T08:30:00Z",
        "2027-11-07T10:30:00Z",
    ),
];

const fn closed(
    policy: Option<&'static str>,
    office: Option<&'static str>,
    from: &'static str,
    to: &'static str,
) -> Deviation {
    Deviation {
        policy,
        office,
        from,
        to,
        opens: false,
    }
}

const fn opened(
    policy: Option<&'static str>,
    office: Option<&'static str>,
    from: &'static str,
    to: &'static str,
) -> Deviation {
    Deviation {
        opens: true,
        ..closed(policy, office, from, to)
    }
}

impl Deviation {
    pub(super) fn from(self) -> DateTime<Utc> {
        self.from.parse().unwrap()
    }

    pub(super) fn to(self) -> DateTime<Utc> {
        self.to.parse().unwrap()
    }

    pub(super) fn concerns(self, policy: &str, office: Option<&str>) -> bool {
        self.policy.is_none_or(|of| of == policy)
            && (self.office.is_none() || self.office == office)
    }
}

/// Adds it to the desk.
pub(super) fn announce(shop: &Shop, deviation: Deviation) {
    let Deviation { from, to, .. } = deviation;
    let mut add = vec![
        "closure", "add", "--reason", "R", "--from", from, "--to", to,
    ];
    match (deviation.policy, deviation.office) {
        (Some(policy), _) => add.extend(["--policy", policy]),
        (None, Some(office)) => add.extend(["--office", office]),
        (None, None) => add.push("--all"),
    }
    add.extend(deviation.opens.then_some("--opening"));
    shop.ok(add);
}
