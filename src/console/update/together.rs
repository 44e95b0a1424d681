//! What became of a known fault and of those that are the same.

use crate::console::model::{Layer, Model};
use crate::console::screens::reading::Reading;
use crate::console::widgets::message::Kind;
use crate::incident::TechRef;
use crate::store::ResolvedSame;

/// Says how many were resolved with a known fault and how many messages wait; and, to be read, whom somebody must call and
/// what was left as it is.
pub(super) fn resolved_together(model: &mut Model, same: &ResolvedSame) {
    let (others, messages) = (same.resolved.len(), same.messages.len());
    let told = match messages {
        1 => "1 message waits".to_owned(),
        messages => format!("{messages} messages wait"),
    };
    let mut words = format!(
        "{}: resolved, with {others} more; {told} in the outbox",
        same.fault
    );
    // A step on several is taken back on all of them.
    if others > 0 {
        let fault = same.with_fault.then_some(same.fault);
        model.taken_on = fault
            .into_iter()
            .chain(same.resolved.iter().copied())
            .collect();
        words += "; u takes all back";
    }
    model.say(Kind::Done, &words);
    if same.untold.is_empty() && same.left.is_empty() {
        return;
    }
    let mut lines = vec![words];
    lines.extend(not_told(same));
    let title = format!("{} and those that are the same", same.fault);
    let file = format!("{}-resolved.txt", same.fault);
    let text = lines.join("\n");
    model
        .layers
        .push(Layer::Text(Reading::new(title, text, file)));
}

/// Whom nobody can write to, and what a rule leaves as it is, in lines.
pub(in crate::console) fn not_told(same: &ResolvedSame) -> Vec<String> {
    let untold = same.untold.iter().map(TechRef::to_string).collect();
    let left = same.left.iter();
    let left = left
        .map(|(number, why)| format!("{number}: {why}"))
        .collect();
    let mut lines = Vec::new();
    for (what, each) in [
        ("Without a mail address, so call them:", untold),
        ("Left as they are:", left),
    ] {
        let each: Vec<String> = each;
        if !each.is_empty() {
            lines.push(format!("\n{what}"));
            lines.extend(each);
        }
    }
    lines
}
