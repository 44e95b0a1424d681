mod faults;
mod ledgers;
mod settings;
mod shipped_files;
mod terms;

use std::collections::BTreeMap;

use super::{Policy, example_settings, parse, shipped};

/// A small policy that is in order, a line a promise.
const SMALL: &str = r#"name = "small"
title = "A small shop"
summary = "One line"
channels = ["phone"]
[calendar]
zone = "Europe/Paris"
[calendar.hours]
mon = ["09:00-17:00"]
[response]
target = { within = "4h", counted = "business-time" }
contacts = "first"
starts = "receipt"
[[outcome]]
name = "solved"
title = "It is solved"
"#;

fn none() -> BTreeMap<String, String> {
    BTreeMap::new()
}

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

/// What is said about a text that must be refused.
fn refused(text: &str, settings: &BTreeMap<String, String>) -> String {
    parse(text, settings).unwrap_err().to_string()
}

/// A shipped policy with its examples filled in.
fn example(name: &str) -> Policy {
    let text = shipped(name).unwrap();
    parse(text, &example_settings(text).unwrap()).unwrap()
}
