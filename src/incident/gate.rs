//! Emergency service in plain words: what an agent says to the caller (P4-05 to P4-07).

use super::state::Incident;
use crate::policy::Policy;

/// That it is taken as an emergency, or why not and what else can be offered; nothing where nobody asked for it.
pub fn emergency_in_words(policy: &Policy, incident: &Incident) -> Vec<String> {
    if incident.emergency {
        return vec!["taken as an emergency".to_owned()];
    }
    let Some(reason) = &incident.emergency_refused else {
        return Vec::new();
    };
    let gates = policy.intake.emergency.iter();
    let free: Vec<&str> = gates
        .flat_map(|gate| &gate.without_gate)
        .map(|channel| channel.word())
        .collect();
    let mut notes = vec![format!("an ordinary incident, no emergency: {reason}")];
    if !free.is_empty() {
        let free = free.join(", ");
        notes.push(format!(
            "emergencies are taken by {free} without that: offer it"
        ));
    }
    notes
}
