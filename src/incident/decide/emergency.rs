//! The gate before emergency service: its contract, the caller's PIN, the share of calls that fail (P4-05 to P4-07).

use super::{Draft, cover, workable};
use crate::incident::command::EmergencyCall;
use crate::incident::event::Event;
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;
use crate::policy::{Channel, Emergency, EntitlementKind, Policy};

/// Takes an incident as an emergency, or keeps on record why it stays an ordinary one.
pub(super) fn ask(draft: &mut Draft<'_>, by: Channel, call: &EmergencyCall) -> Result<(), Refusal> {
    let gate = gate(draft.situation.policy)?;
    let gated = !gate.without_gate.contains(&by);
    let share = match (call.tried, call.failed) {
        (None, None) if !gated => None,
        (Some(tried), Some(failed)) => Some(share_of(tried, failed)?),
        _ => {
            return Err(Refusal::input(
                "emergency service asks how many calls were tried and how many of them failed: give both \
                 (--calls-tried, --calls-failed)",
            ));
        }
    };
    let problems = if gated {
        problems(draft, gate, share)?
    } else {
        Vec::new()
    };
    draft.push(Event::EmergencyAsked {
        tried: share.map(|(tried, _)| tried),
        failed: share.map(|(_, failed)| failed),
        reason: (!problems.is_empty()).then(|| problems.join("; ")),
    });
    Ok(())
}

/// How many calls were tried, some at least, and how many of them failed.
///
/// # Errors
/// When that cannot be.
pub fn share_of(tried: u32, failed: u32) -> Result<(u32, u32), Refusal> {
    match failed <= tried && tried > 0 {
        true => Ok((tried, failed)),
        false => Err(Refusal::input(
            "of the calls that were tried, at most all failed: ask for both figures again",
        )),
    }
}

/// Everything that stands against emergency service, in words that can be said to the caller.
fn problems(
    draft: &Draft<'_>,
    gate: &Emergency,
    share: Option<(u32, u32)>,
) -> Result<Vec<String>, Refusal> {
    let day = cover::day_of(draft, draft.situation.at)?;
    let contract = draft.situation.entitlements.iter().any(|entitlement| {
        entitlement.kind == EntitlementKind::Emergency && entitlement.covers(day)
    });
    let least = gate.failing_percent;
    let share = share
        .filter(|(tried, failed)| u64::from(*failed) * 100 < u64::from(*tried) * u64::from(least));
    let pin = gate.pin.then(|| draft.situation.pin.problem()).flatten();
    let contract = (!contract).then(|| "there is no emergency contract".to_owned());
    let share = share.map(|(tried, failed)| {
        format!("{failed} of {tried} calls fail, and it is for when at least {least} % do")
    });
    Ok(contract.into_iter().chain(share).chain(pin).collect())
}

/// The policy's gate.
fn gate(policy: &Policy) -> Result<&Emergency, Refusal> {
    let name = &policy.name;
    policy.intake.emergency.as_ref().ok_or_else(|| {
        Refusal::rule(format!(
            "policy {name} has no emergency service: take it as an ordinary incident"
        ))
    })
}

/// Refuses to ask for emergency service where there is none, or once it is given.
pub(super) fn askable(incident: &Incident, policy: &Policy) -> Result<(), Refusal> {
    gate(policy)?;
    let number = incident.tech_ref;
    if incident.emergency {
        return Err(Refusal::rule(format!("{number} is an emergency already")));
    }
    if incident.state.is_open() {
        return Ok(());
    }
    workable(incident, "take it as an emergency")
}
