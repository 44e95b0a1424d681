//! What ties an incident to others, in words.

use crate::incident::TechRef;
use crate::store::{Dossier, Same};

/// So many numbers are named at most.
const FEW: usize = 3;

/// Each tie: a label, and the incidents that it leads to.
pub(super) fn of(dossier: &Dossier) -> Vec<(&'static str, String)> {
    let forks = &dossier.incident.forks;
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
        (forks.known || !dossier.same.is_empty()).then(|| {
            let more = others(&dossier.same);
            let words = match forks.known {
                true => more,
                false => format!("not any more, but {more}"),
            };
            ("known fault", words)
        }),
    ];
    ties.into_iter().flatten().collect()
}

/// How many others are counted to the fault and open, with the numbers of the first.
fn others(same: &[Same]) -> String {
    let numbers = same.iter().take(FEW).map(|one| one.number.to_string());
    let numbers: Vec<String> = numbers.collect();
    let more = if same.len() > FEW { " and others" } else { "" };
    match same.len() {
        0 => "no other incident is counted to it".to_owned(),
        1 => format!(
            "1 other open incident is counted to it: {}",
            numbers.join(", ")
        ),
        count => format!(
            "{count} other open incidents are counted to it: {}{more}",
            numbers.join(", ")
        ),
    }
}

fn list(label: &'static str, numbers: &[TechRef]) -> Option<(&'static str, String)> {
    let words: Vec<String> = numbers.iter().map(TechRef::to_string).collect();
    (!words.is_empty()).then(|| (label, words.join(", ")))
}
