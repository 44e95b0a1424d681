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

/// What the agent can say about it: the number of the caller's region, what to choose there, and which channels take
/// emergencies without that.
pub fn emergency_asked_in_words(policy: &Policy, office: Option<&str>) -> Vec<String> {
    let Some(gate) = &policy.intake.emergency else {
        return Vec::new();
    };
    let phone = policy
        .offices
        .iter()
        .find(|known| Some(known.name.as_str()) == office)
        .and_then(|office| office.emergency_phone.as_deref());
    let words = [phone, gate.say.as_deref()];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    let free: Vec<&str> = gate
        .without_gate
        .iter()
        .map(|channel| channel.word())
        .collect();
    let free = (!free.is_empty())
        .then(|| format!("Emergencies by {} are taken without that", free.join(", ")));
    let words = (!words.is_empty()).then(|| words.join(": "));
    words.into_iter().chain(free).collect()
}
