use chrono::DateTime;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::calendar::Counted;
use crate::incident::{Addresses, ClockKind, Event, Message, Resolution, Wording};
use crate::policy::Occasion;

fn message() -> Message {
    Message {
        n: 1,
        occasion: Occasion::Logged,
        wording: Wording {
            to: Addresses::default(),
            cc: Addresses::default(),
            subject: "About \"it\"".to_owned(),
            text: "Two\nlines".to_owned(),
        },
        also: Vec::new(),
    }
}

#[rstest]
#[case::unit(Event::Accepted)]
#[case::named(Event::ClockStarted {
    clock: ClockKind::Response,
    counted: Counted::BusinessDays,
    started_at: DateTime::default(),
    due_at: DateTime::default(),
    grace: 0,
})]
#[case::boxed(Event::Resolved(Box::new(Resolution {
    outcome: "solved".to_owned(),
    detail: Some("It is".to_owned()),
    product: Some("Ledger".to_owned()),
    ..Resolution::default()
})))]
#[case::flattened(Event::MessageQueued(Box::new(message())))]
#[case::none(Event::Assigned {
    agent: None,
    by_rule: None,
})]
fn an_event_is_taken_apart_into_all_that_it_is_made_of(#[case] event: Event) {
    let split = split(&event).unwrap();
    let mut whole: serde_json::Map<String, Value> = serde_json::from_str(&split.facts).unwrap();
    assert!(whole.keys().all(|key| !TEXTS.contains(&key.as_str())));
    assert!(split.texts.is_sorted_by_key(|(key, _)| *key));
    whole.insert("kind".to_owned(), Value::from(split.kind));
    whole.extend(
        split
            .texts
            .into_iter()
            .map(|(key, text)| (key.to_owned(), text)),
    );
    let mut wanted = serde_json::to_value(&event).unwrap();
    wanted
        .as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    assert_eq!(Value::Object(whole), wanted);
}

#[test]
fn what_is_no_event_is_refused() {
    for wrong in [json!(1), json!("text"), json!([1]), json!(null)] {
        assert!(split(&wrong).is_err(), "{wrong}");
    }
    assert!(split(&json!({"agent": "mira"})).is_err());
    assert!(split(&json!({"kind": 1})).is_err());
}
