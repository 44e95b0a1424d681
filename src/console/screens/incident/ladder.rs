//! The steps up the ladder, as lines.

use ratatui::text::Line;

use super::facts;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::incident::{Escalation, day_and_time};
use crate::store::Dossier;

/// Lines that a step up takes at least where it needs them.
const STEP: usize = 3;

/// A line or more for each step, at most `most` where those are enough: to whom, on which ground, what came of it.
pub(super) fn lines(
    dossier: &Dossier,
    model: &Model,
    look: &Look,
    width: u16,
    most: usize,
) -> Vec<Line<'static>> {
    let policy = &dossier.ruling.policy;
    let mut lines = Vec::new();
    for step in &dossier.incident.escalations {
        let to = policy
            .level(step.level)
            .map_or("", |level| level.title.as_str());
        let at = day_and_time(step.at, model.now, model.zone);
        let words = format!(
            "{to}, {at}, {}; {}: {}",
            answer(step, model),
            step.ground.as_deref().unwrap_or("ground not said yet"),
            step.concern
        );
        let label = format!("level {}", step.level);
        let role = if step.withdrawn_at.is_some() || step.answered_at.is_some() {
            Role::Muted
        } else {
            Role::Warning
        };
        let most = most.max(STEP);
        lines.extend(facts::labelled(&label, &words, role, look, width, most));
    }
    if lines.is_empty() && !policy.levels.is_empty() && dossier.incident.state.is_open() {
        let levels: Vec<&str> = policy
            .levels
            .iter()
            .map(|level| level.title.as_str())
            .collect();
        let words = format!("not escalated; {}", levels.join(", then "));
        let role = Role::Muted;
        lines.extend(facts::labelled("ladder", &words, role, look, width, most));
    }
    lines
}

fn answer(step: &Escalation, model: &Model) -> String {
    match (&step.answer, step.answered_at, step.withdrawn_at) {
        (_, _, Some(at)) => format!("taken back {}", day_and_time(at, model.now, model.zone)),
        (Some(answer), Some(at), _) => format!(
            "answered {}: {answer}",
            day_and_time(at, model.now, model.zone)
        ),
        _ => "not answered yet".to_owned(),
    }
}
