//! Texts: what people read says something, and what is written around a number does not garble it.

use std::collections::BTreeSet;

use super::Report;
use crate::policy::model::{Channel, Policy};

pub(super) fn check(policy: &Policy, report: &mut Report) {
    prefix(policy, report);
    channels(policy, report);
    let titled = |list: &str, key: &str, texts: Vec<&str>, report: &mut Report| {
        for (n, _) in texts
            .iter()
            .enumerate()
            .filter(|(_, text)| text.trim().is_empty())
        {
            report.warning(
                format!("{list}.{n}.{key}"),
                "it is empty, and agents choose by it",
                "write what it means",
            );
        }
    };
    let outcomes = policy.outcomes.iter().map(|outcome| outcome.title.as_str());
    titled("outcome", "title", outcomes.collect(), report);
    let causes = policy.causes.iter().map(|cause| cause.title.as_str());
    titled("cause", "title", causes.collect(), report);
    let grounds = policy.grounds.iter().map(|ground| ground.title.as_str());
    titled("ground", "title", grounds.collect(), report);
    let severities = policy
        .severities
        .iter()
        .map(|severity| severity.definition.as_str());
    titled("severity", "definition", severities.collect(), report);
    let questions = policy
        .intake
        .route
        .iter()
        .map(|route| route.question.as_str());
    titled("intake.route", "question", questions.collect(), report);
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
