//! Outcomes, the ladder and the emergency gate: whoever must be told can be, whatever must be chosen is there.

use super::Report;
use crate::policy::model::{EntitlementKind, Need, Policy};
use crate::policy::{is_address, nearest};

pub(super) fn check(policy: &Policy, report: &mut Report) {
    outcomes(policy, report);
    ladder(policy, report);
    for (role, address) in &policy.roles {
        if !is_address(address) {
            report.fault(
                format!("roles.{role}"),
                format!("\"{address}\" is no mail address"),
                "write one, such as support.manager@example.com",
            );
        }
    }
    if let Some(emergency) = &policy.intake.emergency {
        if !(1..=100).contains(&emergency.failing_percent) {
            report.fault(
                "intake.emergency.failing_percent",
                format!("{} is no share of calls", emergency.failing_percent),
                "write a percentage from 1 to 100",
            );
        }
        for (n, channel) in emergency.without_gate.iter().enumerate() {
            if !policy.channels.contains(channel) {
                report.fault(
                    format!("intake.emergency.without_gate.{n}"),
                    "the channel is not among those that the agreement covers",
                    "add it to channels, or remove it here",
                );
            }
        }
        let sold = |kinds: &[EntitlementKind]| kinds.contains(&EntitlementKind::Emergency);
        if !policy
            .cover
            .as_ref()
            .is_some_and(|cover| sold(&cover.kinds))
        {
            report.fault(
                "intake.emergency",
                "nobody can have the contract for emergency service",
                "add \"emergency\" to cover.kinds",
            );
        }
    }
}

fn outcomes(policy: &Policy, report: &mut Report) {
    if policy.chosen_outcomes().next().is_none() {
        report.fault(
            "outcome",
            "no incident could be resolved",
            "add an [[outcome]] that agents choose",
        );
    }
    if let Some(silence) = &policy.silence
        && policy.outcome(&silence.outcome).is_none()
    {
        let names = policy.outcomes.iter().map(|outcome| outcome.name.as_str());
        report.fault(
            "silence.outcome",
            format!("\"{}\" is no outcome", silence.outcome),
            nearest::remedy(&silence.outcome, names),
        );
    }
    for (n, outcome) in policy.outcomes.iter().enumerate() {
        if let Some(role) = &outcome.notify {
            addressed(policy, &format!("outcome.{n}.notify"), role, report);
        }
        let asked = [
            ("needs", &outcome.needs),
            ("needs_one_of", &outcome.needs_one_of),
            ("takes", &outcome.takes),
        ];
        for (key, needs) in asked {
            if policy.patch.is_none() && needs.contains(&Need::Critical) {
                report.fault(
                    format!("outcome.{n}.{key}"),
                    "\"critical\" starts the patch clock, and the policy promises no patch",
                    "add patch, or remove \"critical\"",
                );
            }
        }
    }
}

fn ladder(policy: &Policy, report: &mut Report) {
    if let Some(role) = &policy.intake.address_approval {
        addressed(policy, "intake.address_approval", role, report);
    }
    for (n, level) in policy.levels.iter().enumerate() {
        addressed(policy, &format!("level.{n}.role"), &level.role, report);
        let mut below = policy.levels.iter().take(n);
        if below.any(|other| other.role == level.role) {
            report.warning(
                format!("level.{n}.role"),
                format!("\"{}\" is a level below this one already", level.role),
                "name another role, or remove one of the levels",
            );
        }
    }
    match (policy.levels.is_empty(), policy.grounds.is_empty()) {
        (false, true) => report.fault(
            "level",
            "one can escalate, but on no grounds",
            "add at least one [[ground]]",
        ),
        (true, false) => report.warning(
            "ground",
            "there are grounds to escalate and no level to escalate to",
            "add a [[level]], or remove the grounds",
        ),
        _ => {}
    }
}

fn addressed(policy: &Policy, path: &str, role: &str, report: &mut Report) {
    if role != Policy::ACCOUNT_MANAGER && !policy.roles.contains_key(role) {
        let near = nearest::nearest(role, policy.roles.keys().map(String::as_str));
        report.fault(
            path,
            format!("the role \"{role}\" has no address"),
            match near {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("add {role} to [roles]"),
            },
        );
    }
}
