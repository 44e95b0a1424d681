//! What is asked before emergency service is given, wherever it is asked for (P4-05 to P4-07).

use super::forms::{Field, Form};
use crate::incident::{EmergencyCall, Pin, share_of};
use crate::policy::{Channel, Emergency};

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
            .check(|form| {
                let [tried, failed] = ["tried", "failed"].map(|name| count(&form.value(name)).ok());
                let refused = share_of(tried?, failed?).err();
                refused.map(|refusal| refusal.message)
            })
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
