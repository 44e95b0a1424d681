//! What ties an incident to others, in words.

use crate::incident::{Incident, TechRef};

/// Each tie: a label, and the incidents that it leads to.
pub(super) fn of(incident: &Incident) -> Vec<(&'static str, String)> {
    let forks = &incident.forks;
    let told = match forks.told_customer {
        Some(false) => ", the customer is still to be told",
        _ => "",
    };
    let split_from = forks
        .split_from
        .map(|from| ("split from", format!("{from}{told}")));
    let split_into = list("split into", &forks.split_into);
    let merged_into = forks.leads_to().map(|into| {
        let words = format!("{into}, which its number leads to");
        ("merged into", words)
    });
    let merged: Vec<TechRef> = forks.merged_from.iter().map(|part| part.number).collect();
    let merged_from = list("merged from", &merged);
    let linked = list("linked", &forks.linked);
    let same_as = forks
        .same_as
        .map(|fault| ("same as", format!("{fault}, a known fault")));
    let ties = [
        merged_into,
        merged_from,
        split_from,
        split_into,
        linked,
        same_as,
    ];
    ties.into_iter().flatten().collect()
}

fn list(label: &'static str, numbers: &[TechRef]) -> Option<(&'static str, String)> {
    let words: Vec<String> = numbers.iter().map(TechRef::to_string).collect();
    (!words.is_empty()).then(|| (label, words.join(", ")))
}
