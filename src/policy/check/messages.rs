//! Messages: one for each occasion, with fields that the occasion brings, and to somebody.

use std::collections::BTreeSet;

use super::Report;
use crate::policy::model::{Occasion, Policy, Template};

pub(super) fn check(policy: &Policy, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for (n, template) in policy.messages.iter().enumerate() {
        let word = template.at.word();
        if !seen.insert(word) {
            report.fault(
                format!("message.{n}.at"),
                format!("there is a message at \"{word}\" already"),
                "keep one for each occasion",
            );
        }
        if template.text.trim().is_empty() {
            report.fault(
                format!("message.{n}.text"),
                "it says nothing",
                "write what the customer reads, or remove the message",
            );
        }
        fields(template, n, report);
    }
    unspoken(policy, report);
}

/// Whether every name in braces is a field of the occasion.
fn fields(template: &Template, n: usize, report: &mut Report) {
    for (key, text) in [("subject", &template.subject), ("text", &template.text)] {
        for (name, remedy) in template.at.unknown(text) {
            report.fault(
                format!("message.{n}.{key}"),
                format!(
                    "{{{name}}} is nothing that a message at \"{}\" knows",
                    template.at.word()
                ),
                remedy,
            );
        }
    }
}

/// Somebody is to be told, and nothing says what.
fn unspoken(policy: &Policy, report: &mut Report) {
    if policy.template(Occasion::Forwarded).is_none()
        && let Some(n) = policy
            .outcomes
            .iter()
            .position(|outcome| outcome.notify.is_some())
    {
        report.warning(
            format!("outcome.{n}.notify"),
            "a role is told by mail, and no message says what",
            "add a [[message]] at = \"forwarded\"",
        );
    }
    if policy.template(Occasion::Escalated).is_none() && !policy.levels.is_empty() {
        report.warning(
            "level",
            "one can escalate, and no message tells anybody",
            "add a [[message]] at = \"escalated\"",
        );
    }
}
