//! What a type looks like as JSON, told by the type itself: a structure is written once, within [`shaped!`], and both what
//! is printed and its schema are made from that.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::incident::{ClockKind, ClockState, Contact, Declined, Escalation, State, TechRef};
use crate::policy::{Channel, EntitlementKind};

/// A type that says what it looks like as JSON.
pub(super) trait Shape {
    /// Its JSON Schema.
    fn shape() -> Value;
}

impl Shape for String {
    fn shape() -> Value {
        json!({"type": "string"})
    }
}

impl Shape for bool {
    fn shape() -> Value {
        json!({"type": "boolean"})
    }
}

impl Shape for DateTime<Utc> {
    fn shape() -> Value {
        json!({"type": "string", "format": "date-time"})
    }
}

impl Shape for TechRef {
    fn shape() -> Value {
        json!({"type": "string", "pattern": "^[0-9]+-[0-9X]$"})
    }
}

macro_rules! integers {
    ($($of:ty: $least:expr),*) => { $(
        impl Shape for $of {
            fn shape() -> Value {
                match $least {
                    Some(least) => json!({"type": "integer", "minimum": least}),
                    None => json!({"type": "integer"}),
                }
            }
        }
    )* };
}
integers!(u8: Some(0), u32: Some(0), i64: None::<u8>);

impl<T: Shape> Shape for Option<T> {
    fn shape() -> Value {
        json!({"anyOf": [T::shape(), {"type": "null"}]})
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn shape() -> Value {
        json!({"type": "array", "items": T::shape()})
    }
}

impl<T: Shape> Shape for BTreeMap<String, T> {
    fn shape() -> Value {
        json!({"type": "object", "additionalProperties": T::shape()})
    }
}

/// The words of an enumeration; one that is not named here does not compile.
macro_rules! words {
    ($name:ident: $($word:ident)*) => {
        impl Shape for $name {
            fn shape() -> Value {
                let _all = |it: $name| match it { $($name::$word => ()),* };
                json!({"enum": [$($name::$word),*]})
            }
        }
    };
}
words!(State: AwaitingAcceptance AwaitingPayment Open Waiting Resolved ClosedUnresolved Declined Merged Void);
words!(ClockKind: Response Estimate Patch Silence Appointment Resolution);
words!(ClockState: Running Paused Met Missed Cancelled Replaced Expired);
words!(Channel: Phone Mail Chat Other);
words!(EntitlementKind: Contract PerIncident Pack Hours Emergency);

/// An object of these keys and no others, each with what it means, and whether it may be left out.
pub(super) fn object<const N: usize>(keys: [(&str, &str, Value, bool); N]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (key, meaning, mut shape, may_lack) in keys {
        if let Some(shape) = shape.as_object_mut().filter(|_| !meaning.is_empty()) {
            shape.insert("description".to_owned(), meaning.into());
        }
        properties.insert(key.to_owned(), shape);
        if !may_lack {
            required.push(key);
        }
    }
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// A structure that is printed as JSON, and says what it looks like.
macro_rules! shaped {
    ($(#[doc = $about:literal])* $open:vis struct $name:ident {
        $($(#[doc = $meaning:literal])* $shown:vis $key:ident: $of:ty,)*
    }) => {
        $(#[doc = $about])*
        #[derive(serde::Serialize)]
        $open struct $name { $($(#[doc = $meaning])* $shown $key: $of,)* }

        impl $crate::cli::shape::Shape for $name {
            fn shape() -> serde_json::Value {
                $crate::cli::shape::object([$((
                    stringify!($key),
                    concat!($($meaning),*).trim(),
                    <$of as $crate::cli::shape::Shape>::shape(),
                    false,
                )),*])
            }
        }
    };
}
pub(super) use shaped;

/// As [`shaped!`], of a structure that stands elsewhere: a key too many or too few, or of another type, does not compile.
macro_rules! shaped_elsewhere {
    ($name:ident { $($key:ident: $of:ty = $meaning:literal,)* }) => {
        impl Shape for $name {
            fn shape() -> Value {
                let _all = |$name { $($key),* }: $name| -> ($($of,)*) { ($($key,)*) };
                object([$((stringify!($key), $meaning, <$of>::shape(), false)),*])
            }
        }
    };
}

shaped_elsewhere!(Declined {
    at: DateTime<Utc> = "When.",
    reason: String = "Why, in words for the caller.",
});

shaped_elsewhere!(Escalation {
    level: u8 = "The level, from 1.",
    ground: Option<String> = "One of the policy's grounds; null as long as nobody said on which one a mail rests.",
    concern: String = "The concern or additional request.",
    at: DateTime<Utc> = "When.",
    by: String = "The agent who recorded it.",
    requested_by: String = "Who asked for it: customer or agent.",
    evidence: String = "What carried it: message or call.",
    answer: Option<String> = "What was answered.",
    answered_at: Option<DateTime<Utc>> = "When it was answered.",
    withdrawn_at: Option<DateTime<Utc>> = "When it was taken back.",
    withdrawn_reason: Option<String> = "Why it was taken back.",
    message: Option<u32> = "The message that carried it, by its place among those of the incident.",
    merged_from: Option<TechRef> = "The incident it was made for, where that was merged into this one.",
});

impl Shape for Contact {
    fn shape() -> Value {
        let _all = |Self {
                        name,
                        role,
                        phones,
                        mails,
                        zone,
                        awaiting,
                    }: Self| {
            let _: (String, [Option<String>; 2], [Vec<String>; 3]) =
                (name, [role, zone], [phones, mails, awaiting]);
        };
        object([
            ("name", "The person's name.", String::shape(), false),
            (
                "role",
                "What they do there.",
                <Option<String>>::shape(),
                false,
            ),
            (
                "phones",
                "Numbers to call back.",
                <Vec<String>>::shape(),
                false,
            ),
            (
                "mails",
                "Registered mail addresses.",
                <Vec<String>>::shape(),
                false,
            ),
            (
                "zone",
                "Their time zone, where it is not the office's.",
                <Option<String>>::shape(),
                false,
            ),
            (
                "awaiting",
                "Further addresses that nobody approved yet; left out where there are none.",
                <Vec<String>>::shape(),
                true,
            ),
        ])
    }
}
