//! Steps that were taken back: which entries of a timeline no longer count, and the state that they had changed.

use serde_json::{Map, Value};

use super::event::{Event, Recorded};
use super::state::Incident;

/// What taking a step back leaves as it is: the number, the count of entries, and the outbox, from which a message is
/// dropped by an entry of its own.
const KEPT: [&str; 3] = ["tech_ref", "revision", "messages"];

/// Which entries of an incident's timeline were taken back. Those of the desk that it shows by reference never are.
pub fn taken_back(timeline: &[Recorded]) -> Vec<bool> {
    let mut back = vec![false; timeline.len()];
    let mut own: Vec<usize> = Vec::new();
    for (place, entry) in timeline.iter().enumerate() {
        if entry.event.is_of_the_desk() {
            continue;
        }
        if let Event::Undone { since, .. } = entry.event {
            for undone in own.iter().skip(since as usize) {
                if let Some(back) = back.get_mut(*undone) {
                    *back = true;
                }
            }
        }
        own.push(place);
    }
    back
}

/// The entries of an incident's timeline that still count, oldest first.
pub fn standing(timeline: &[Recorded]) -> impl Iterator<Item = &Recorded> {
    let counts = taken_back(timeline).into_iter().map(|back| !back);
    timeline
        .iter()
        .zip(counts)
        .filter_map(|(entry, counts)| counts.then_some(entry))
}

impl Incident {
    /// What has to be put back to make of this state the one `before`: the old value of everything that differs, null
    /// where there was none.
    pub(super) fn difference_to(&self, before: &Self) -> Value {
        let (Ok(Value::Object(now)), Ok(Value::Object(before))) =
            (serde_json::to_value(self), serde_json::to_value(before))
        else {
            return Value::Null;
        };
        let keys = now.keys().chain(before.keys());
        let mut back = Map::new();
        for key in keys.filter(|key| !KEPT.contains(&key.as_str())) {
            let old = before.get(key).unwrap_or(&Value::Null);
            if now.get(key).unwrap_or(&Value::Null) != old {
                back.insert(key.clone(), old.clone());
            }
        }
        Value::Object(back)
    }

    /// Puts back what [`Incident::difference_to`] told; what cannot be read, because its texts were erased, changes
    /// nothing.
    pub(super) fn put_back(&mut self, back: &Value) {
        let (Value::Object(back), Ok(Value::Object(mut whole))) =
            (back, serde_json::to_value(&*self))
        else {
            return;
        };
        for (key, old) in back {
            match old {
                Value::Null => whole.remove(key),
                old => whole.insert(key.clone(), old.clone()),
            };
        }
        if let Ok(restored) = serde_json::from_value(Value::Object(whole)) {
            *self = restored;
        }
    }
}
