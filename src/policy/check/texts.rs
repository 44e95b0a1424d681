//! Texts: what people read says something, and what is written around a number does not garble it.

use std::collections::BTreeSet;

use super::Report;
use crate::policy::model::{Channel, Policy};

pub(super) fn check(policy: &Policy, report: &mut Report) {
    prefix(policy, report);
    channels(policy, report);
    for (n, route) in policy.intake.route.iter().enumerate() {
        if route.question.trim().is_empty() {
            report.warning(
                format!("intake.route.{n}.question"),
                "it is empty, and agents read it out",
                "write what the caller is asked",
            );
        }
    }
}

/// A number is found again behind its prefix, in a subject's brackets too.
fn prefix(policy: &Policy, report: &mut Report) {
    let Some(prefix) = &policy.prefix else {
        return;
    };
    let plain = |c: char| c.is_alphabetic() || c == '-' || c == '#';
    if prefix.is_empty() || !prefix.chars().all(plain) {
        report.fault(
            "prefix",
            format!("\"{prefix}\" would not be told apart from the number"),
            "use letters, hyphens and # alone, such as \"TR-\", or remove it",
        );
    }
}

fn channels(policy: &Policy, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for (n, channel) in policy.channels.iter().enumerate() {
        if *channel == Channel::Other {
            report.fault(
                format!("channels.{n}"),
                "\"other\" is whatever the agreement does not cover",
                "remove it",
            );
        } else if !seen.insert(channel.word()) {
            report.fault(
                format!("channels.{n}"),
                format!("\"{}\" is there twice", channel.word()),
                "remove one",
            );
        }
    }
}
