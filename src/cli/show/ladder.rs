//! The steps up the ladder of the shown incident.

use chrono::{DateTime, Utc};

use crate::incident::Escalation;
use crate::policy::Policy;
use crate::text::visible;

/// An escalation with what became of it, in lines; instants as `at` says them.
pub(super) fn lines(
    made: &Escalation,
    policy: &Policy,
    at: &dyn Fn(DateTime<Utc>) -> String,
) -> Vec<String> {
    let title = policy.level(made.level).map(|level| level.title.as_str());
    let ground = match &made.ground {
        Some(ground) => policy
            .ground(ground)
            .map_or(ground.as_str(), |ground| ground.title.as_str()),
        None => "ground not said yet",
    };
    let mut lines = vec![format!(
        "  Level {}, {}: {}, for the {} by {}, {}",
        made.level,
        title.unwrap_or("no longer in the policy"),
        at(made.at),
        made.requested_by,
        made.evidence,
        visible(&made.by)
    )];
    lines.push(format!("    {ground}: {}", visible(&made.concern)));
    let answered = made.answer.as_ref().zip(made.answered_at);
    let answered = answered
        .map(|(answer, answered)| format!("answered {}: {}", at(answered), visible(answer)));
    let unanswered = made
        .withdrawn_at
        .is_none()
        .then(|| "not answered yet".to_owned());
    lines.extend(answered.or(unanswered).map(|line| format!("    {line}")));
    let reason = made.withdrawn_reason.as_deref().unwrap_or_default();
    lines.extend(
        made.withdrawn_at
            .map(|withdrawn| format!("    taken back {}: {}", at(withdrawn), visible(reason))),
    );
    lines
}
