//! `holdline schema`: what is printed of incidents is what it says.

use serde_json::{Value, json};

use crate::shop::Shop;

/// What does not fit, by its place. Knows what Holdline's schemas say, and stops at anything else.
fn misfits(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for (rule, said) in schema.as_object().unwrap() {
        let fits = match rule.as_str() {
            "$schema" | "title" | "description" | "required" | "additionalProperties" => continue,
            "type" => match said.as_str().unwrap() {
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "integer" => value.is_i64(),
                "null" => value.is_null(),
                "array" => value.is_array(),
                "object" => {
                    keys(schema, value, at, found);
                    value.is_object()
                }
                other => panic!("type {other}"),
            },
            "minimum" => value.as_i64() >= said.as_i64(),
            "format" => {
                let text = value.as_str().unwrap_or_default();
                text.ends_with('Z') && chrono::DateTime::parse_from_rfc3339(text).is_ok()
            }
            "pattern" => {
                let text = value.as_str().unwrap_or_default();
                let (digits, check) = text.split_once('-').unwrap_or_default();
                assert_eq!(said, "^[0-9]+-[0-9X]$");
                digits.parse::<u32>().is_ok() && check.len() == 1
            }
            "enum" => said.as_array().unwrap().contains(value),
            "anyOf" => said.as_array().unwrap().iter().any(|one| {
                let mut not = Vec::new();
                misfits(one, value, at, &mut not);
                not.is_empty()
            }),
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    misfits(said, item, &format!("{at}[{n}]"), found);
                }
                true
            }
            "properties" => {
                for (key, of) in said.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        misfits(of, value, &format!("{at}.{key}"), found);
                    }
                }
                true
            }
            other => panic!("the schema says {other}"),
        };
        if !fits {
            found.push(format!("{at}: {value} is not {rule} {said}"));
        }
    }
}

/// Every key is declared, and every key that is always there is there.
fn keys(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let Some(object) = value.as_object() else {
        return;
    };
    for key in schema["required"].as_array().into_iter().flatten() {
        if !object.contains_key(key.as_str().unwrap()) {
            found.push(format!("{at} lacks {key}"));
        }
    }
    let others = &schema["additionalProperties"];
    for (key, value) in object {
        let declared = schema["properties"].get(key).is_some();
        match others {
            _ if declared => {}
            Value::Bool(false) => found.push(format!("{at}.{key} is not declared")),
            others => misfits(others, value, &format!("{at}.{key}"), found),
        }
    }
}

fn misfit(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    misfits(schema, value, "", &mut found);
    found
}

#[test]
fn every_incident_of_the_sample_desk_is_as_the_schema_says() {
    let shop = Shop::empty();
    shop.ok(["demo", "--incidents", "150"]);
    let schema: Value = serde_json::from_str(&shop.ok(["schema"])).unwrap();
    let list: Value = serde_json::from_str(&shop.ok(["schema", "list"])).unwrap();
    let all = shop.json(["list", "is:any", "--limit", "1000"]);
    assert_eq!(misfit(&list, &all), [] as [String; 0]);
    let numbers = all.as_array().unwrap().iter().map(|one| &one["tech_ref"]);
    let mut filled = std::collections::BTreeSet::new();
    for number in numbers {
        let shown = shop.json(["show", number.as_str().unwrap()]);
        assert_eq!(misfit(&schema, &shown), [] as [String; 0], "{number}");
        let full = shown.as_object().unwrap().iter();
        filled.extend(
            full.filter(|(_, value)| !value.is_null())
                .map(|(key, _)| key.clone()),
        );
    }
    // The sample has something to say for most keys, or this would show little.
    let declared = schema["properties"].as_object().unwrap();
    assert!(filled.len() + 12 > declared.len(), "{filled:?}");
}

#[test]
fn what_is_otherwise_is_seen() {
    let shop = Shop::new(&["severity"]);
    let number = shop.log(shop.customer("Blue Fern"), &["--severity", "low"]);
    let schema: Value = serde_json::from_str(&shop.ok(["schema"])).unwrap();
    let shown = shop.json(["show", &number]);
    assert_eq!(misfit(&schema, &shown), [] as [String; 0]);
    for (key, value) in [
        ("state", json!("asleep")),
        ("summary", Value::Null),
        ("opened_at", json!("yesterday")),
        ("revision", json!("3")),
        ("clocks", json!([{"kind": "response"}])),
        ("another", json!(1)),
    ] {
        let mut other = shown.clone();
        other[key] = value;
        assert_ne!(misfit(&schema, &other), [] as [String; 0], "{key}");
    }
}

#[test]
fn every_key_says_what_it_means() {
    fn silent(schema: &Value, at: &str) -> Vec<String> {
        let keys = schema["properties"].as_object().into_iter().flatten();
        let of = |(key, of): (&String, &Value)| {
            let at = format!("{at}.{key}");
            let mut all = silent(of, &at);
            all.extend(silent(&of["items"], &at));
            all.extend(silent(&of["anyOf"][0], &at));
            all.extend(of["description"].is_null().then_some(at));
            all
        };
        keys.flat_map(of).collect()
    }
    let shop = Shop::empty();
    let schema: Value = serde_json::from_str(&shop.ok(["schema"])).unwrap();
    assert_eq!(silent(&schema, ""), [] as [String; 0]);
    shop.fails(2, ["schema", "customer"]);
}
