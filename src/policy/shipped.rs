//! The policies that are shipped with the program.

/// Name and text of each.
const SHIPPED: [(&str, &str); 5] = [
    (
        "per-incident",
        include_str!("../../assets/policies/per-incident.toml"),
    ),
    (
        "severity",
        include_str!("../../assets/policies/severity.toml"),
    ),
    (
        "season-ticket",
        include_str!("../../assets/policies/season-ticket.toml"),
    ),
    (
        "escalation",
        include_str!("../../assets/policies/escalation.toml"),
    ),
    (
        "tech-reference",
        include_str!("../../assets/policies/tech-reference.toml"),
    ),
];

/// The text of the shipped policy of that name, settings not filled in.
pub fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

/// The names of the shipped policies.
pub fn shipped_names() -> impl Iterator<Item = &'static str> + Clone {
    SHIPPED.iter().map(|(name, _)| *name)
}
