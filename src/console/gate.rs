//! What is asked before emergency service is given, wherever it is asked for (P4-05 to P4-07).

use super::forms::{Field, Form};
use crate::incident::{EmergencyCall, Pin};
use crate::policy::{Channel, Emergency, Policy};

/// The fields, which matter while `asked` says so: how many calls were tried and failed, and the caller's PIN. Some
/// channels want none of it; `by` says by which one it is asked for.
pub fn fields(
    gate: &Emergency,
    asked: impl Fn(&Form) -> bool + Clone + 'static,
    by: impl Fn(&Form) -> Channel + Clone + 'static,
) -> Vec<Field> {
    let free = gate.without_gate.clone();
    let gated = move |form: &Form| asked(form) && !free.contains(&by(form));
    let mut fields = vec![
        number("tried", "Calls tried").when(gated.clone()),
        number("failed", "Calls failed")
            .help(format!(
                "Emergency service is for when at least {} % of the calls fail.",
                gate.failing_percent
            ))
            .when(gated.clone()),
    ];
    if gate.pin {
        fields.push(
            Field::masked("pin", "PIN")
                .help("The caller's. It is not shown, and kept nowhere.")
                .when(gated)
                .check(|form| pin(form).err()),
        );
    }
    fields
}

fn number(name: &'static str, label: &str) -> Field {
    Field::text(name, label).required().check(move |form| {
        let typed = form.value(name);
        (!typed.is_empty()).then(|| count(&typed).err()).flatten()
    })
}

fn count(typed: &str) -> Result<u32, String> {
    let typed = typed.trim();
    typed
        .parse()
        .map_err(|_| format!("\"{typed}\" is no number of calls."))
}

fn pin(form: &Form) -> Result<Option<Pin>, String> {
    let typed = form.value("pin");
    if typed.trim().is_empty() {
        return Ok(None);
    }
    Pin::new(&typed)
        .map(Some)
        .map_err(|refusal| refusal.message)
}

/// What the gate is told.
///
/// # Errors
/// When something in it cannot be read.
pub fn read(form: &Form) -> Result<EmergencyCall, String> {
    let number = |name| {
        let typed = form.value(name);
        (!typed.is_empty()).then(|| count(&typed)).transpose()
    };
    Ok(EmergencyCall {
        tried: number("tried")?,
        failed: number("failed")?,
        pin: pin(form)?,
    })
}

/// What the agent can say about it: the number of the caller's region, what to choose there, and which channels take
/// emergencies without that.
pub fn said(policy: &Policy, office: Option<&str>) -> Vec<String> {
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
