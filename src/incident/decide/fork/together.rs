//! A fault that many have is resolved for all of them, and each caller is told once.

use super::known::marked;
use super::{Decided, Party};
use crate::incident::command::Together;
use crate::incident::decide::possible::{StepKind, possible};
use crate::incident::decide::{Draft, resolve};
use crate::incident::event::Event;
use crate::incident::message;
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;
use crate::policy::Occasion;

/// Decides that these incidents, which have a known `fault`, are resolved, each as far as its own rules allow it. With a message to all, a caller who
/// has several of them is told of all in one. A line of a policy's own message is left out where its field has nothing to
/// say; the words of an agent are said whole, or not at all.
///
/// # Errors
/// A [`Refusal`] when nothing marks the fault as known, or the message cannot be said; and in place of each incident that a rule leaves as it is.
pub fn decide_together(
    fault: &Incident,
    parties: &[Party<'_>],
    together: &Together,
) -> Result<Vec<Result<Decided, Refusal>>, Refusal> {
    marked(fault)?;
    let to_all = together.message.as_deref();
    let to_all = to_all.map(message::checked_template).transpose()?;
    let resolved = parties.iter().map(|party| {
        let mut draft = party.draft()?;
        possible(StepKind::Resolve, &draft.incident, party.situation)?;
        resolve::untold(&mut draft, &together.resolution)?;
        if to_all.is_none() {
            draft.message(Occasion::Resolved, None);
        }
        draft.message(Occasion::Forwarded, None);
        Ok(draft)
    });
    let mut resolved: Vec<Result<Draft<'_>, Refusal>> = resolved.collect();
    if let Some(text) = &to_all {
        let told = resolved.iter_mut().flatten();
        let told: Vec<_> = told.filter(|draft| !draft.situation.quiet).collect();
        let own = parties.iter().any(|party| {
            let template = party.situation.policy.template(Occasion::Resolved);
            template.is_some_and(|template| template.text.trim() == text)
        });
        tell(text, own, told)?;
    }
    let decided = resolved.into_iter();
    Ok(decided.map(|draft| draft.map(Draft::decided)).collect())
}

/// Tells every caller once: the message is the first incident's of those that a caller has, and the others say so. What has
/// nothing to say is refused, unless the text `may_leave_out` its line.
fn tell(text: &str, may_leave_out: bool, mut drafts: Vec<&mut Draft<'_>>) -> Result<(), Refusal> {
    while let Some(caller) = drafts.first().map(|draft| caller(draft)) {
        let of_caller = |draft: &mut &mut Draft<'_>| self::caller(draft) == caller;
        let mut own: Vec<_> = drafts.extract_if(.., of_caller).collect();
        if caller.is_none() {
            let occasion = Occasion::Resolved;
            let nobody = own.iter_mut();
            nobody.for_each(|draft| draft.push(Event::MessageUnwritten { occasion }));
            continue;
        }
        let told: Vec<_> = own
            .iter()
            .map(|draft| (&draft.incident, &draft.situation))
            .collect();
        if let Some(&(incident, situation)) = told.first().filter(|_| !may_leave_out)
            && let Some(name) = message::unfilled(text, incident, situation)
        {
            let (number, customer) = (incident.tech_ref, &situation.customer.name);
            return Err(Refusal::input(format!(
                "message: {{{name}}} has nothing to say for {number} ({customer}): give it, or leave it out of the text"
            )));
        }
        let Some(message) = message::compose_for_all(text, &told) else {
            continue;
        };
        let n = message.n;
        let mut own = own.iter_mut();
        let Some(first) = own.next() else { continue };
        let with = first.incident.tech_ref;
        first.push(Event::MessageQueued(Box::new(message)));
        own.for_each(|other| other.push(Event::ToldWith { with, n }));
    }
    Ok(())
}

/// Whom to write to about an incident: a person of a customer, by the address; nobody where there is none.
fn caller(draft: &Draft<'_>) -> Option<(i64, String)> {
    let situation = &draft.situation;
    let address = message::asker(&draft.incident, situation.customer)?;
    Some((draft.incident.customer.0, address.trim().to_lowercase()))
}
