//! What ties the shown incident to others.

use crate::incident::{Forks, TechRef};

/// What ties an incident to others, each as a name and a value.
pub(super) fn facts(forks: &Forks, same: &[TechRef]) -> Vec<(&'static str, String)> {
    let told = |from: TechRef| match forks.told_customer {
        Some(false) => format!("{from}, the customer was not told yet"),
        _ => format!("{from}, the customer was told"),
    };
    let merged: Vec<TechRef> = forks
        .merged_from
        .iter()
        .map(|merged| merged.number)
        .collect();
    let leads_to = forks
        .leads_to()
        .map(|into| format!("{into}, where it goes on"));
    let one = [
        ("Merged into", leads_to),
        ("Split from", forks.split_from.map(told)),
        ("Same as", forks.same_as.map(|fault| fault.to_string())),
        (
            "Known fault",
            (forks.known || !same.is_empty()).then(|| have_it(forks.known, same)),
        ),
    ];
    let several = [
        ("Merged from", numbers(&merged)),
        ("Split into", numbers(&forks.split_into)),
        ("Linked", numbers(&forks.linked)),
    ];
    let facts = one.into_iter().chain(several);
    facts
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

fn have_it(known: bool, same: &[TechRef]) -> String {
    match numbers(same) {
        Some(numbers) if !known => format!("not any more, but counted to it: {numbers}"),
        Some(numbers) => format!("{} more have it: {numbers}", same.len()),
        None => "nobody else has it yet".to_owned(),
    }
}

fn numbers(numbers: &[TechRef]) -> Option<String> {
    let numbers: Vec<String> = numbers.iter().map(TechRef::to_string).collect();
    (!numbers.is_empty()).then(|| numbers.join(", "))
}
