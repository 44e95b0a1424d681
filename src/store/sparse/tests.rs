use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::*;

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Number(u8);

#[derive(Serialize)]
struct Pair(Option<u8>, &'static str);

#[derive(Serialize)]
enum Shape {
    Plain,
    Of(Option<u8>),
    Two(u8, Option<u8>),
    Named { some: u8, none: Option<u8> },
}

#[derive(Serialize)]
#[serde(tag = "kind")]
enum Tagged {
    Whole {
        some: &'static str,
        none: Option<u8>,
    },
}

/// A text that is made as it is written.
struct Told(&'static str);

impl Serialize for Told {
    fn serialize<S: ser::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_str(self.0)
    }
}

#[derive(Serialize)]
struct All {
    none: Option<u8>,
    nothing: (),
    unit: Unit,
    first: bool,
    inner: Option<Box<All>>,
    numbers: (i8, i16, i32, i64, u16, u32, u64, f64),
    number: Number,
    pair: Pair,
    letter: char,
    at: DateTime<Utc>,
    told: [Told; 3],
    list: Vec<Option<&'static str>>,
    empty: Vec<u8>,
    map: BTreeMap<&'static str, Option<u8>>,
    shapes: Vec<Shape>,
    tagged: Tagged,
}

fn all(inner: Option<All>) -> All {
    All {
        none: None,
        nothing: (),
        unit: Unit,
        first: true,
        inner: inner.map(Box::new),
        numbers: (-1, -2, -3, i64::MIN, 5, 6, u64::MAX, 0.5),
        number: Number(7),
        pair: Pair(None, "a \"b\"\n"),
        letter: '\u{7}',
        at: "2026-11-23T16:30:00.5Z".parse().unwrap(),
        told: [Told("plain"), Told("\"\\\u{1}"), Told("Čapek")],
        list: vec![Some("x"), None],
        empty: Vec::new(),
        map: BTreeMap::from([("\"", None), ("b", Some(1))]),
        shapes: vec![
            Shape::Plain,
            Shape::Of(None),
            Shape::Two(1, None),
            Shape::Named {
                some: 1,
                none: None,
            },
        ],
        tagged: Tagged::Whole {
            some: "one",
            none: None,
        },
    }
}

/// The same without the fields that hold nothing; those of maps and of variants stay.
fn without(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(key, value)| !value.is_null() || ["\"", "Of"].contains(&key.as_str()))
            .map(|(key, value)| (key, without(value)))
            .collect(),
        Value::Array(values) => values.into_iter().map(without).collect(),
        other => other,
    }
}

#[test]
fn all_but_what_is_none_is_written_as_ever() {
    let value = all(Some(all(None)));
    let sparse = to_string(&value).unwrap();
    let read: Value = serde_json::from_str(&sparse).unwrap();
    assert_eq!(read, without(serde_json::to_value(&value).unwrap()));
    assert_eq!(read["inner"]["pair"], json!([null, "a \"b\"\n"]));
    assert!(!sparse.contains("none"), "{sparse}");
}

#[test]
fn a_key_that_is_no_text_is_refused() {
    assert!(to_string(&BTreeMap::from([(1, 2)])).is_err());
}
