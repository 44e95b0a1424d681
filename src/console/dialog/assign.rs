//! Who is to work on it.

use super::sheet::{Seen, Sheet, named, plain};
use crate::console::forms::{Choice, Field, Form};
use crate::incident::Step;

const NOBODY: &str = "nobody";
/// Stands before a name, so that nobody can be called [`NOBODY`].
const AGENT: char = '@';

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let me = seen.model.agent.as_str();
    let agents = seen.model.desk.iter().flat_map(|desk| &desk.agents);
    let others = agents.map(String::as_str).filter(|agent| *agent != me);
    let agent = |name: &str, about| Choice::new(format!("{AGENT}{name}"), name, about);
    let choices = std::iter::once(agent(me, "you"))
        .chain(others.map(|other| agent(other, "")))
        .chain([named(NOBODY, "put it back for whoever is free")])
        .collect();
    let mine = seen.dossier.incident.assignee.as_deref() == Some(me);
    let default = if mine {
        String::new()
    } else {
        format!("{AGENT}{me}")
    };
    let form = Form::new(vec![
        Field::pick("to", "Assign to", choices)
            .required()
            .holding(&default),
    ]);
    let sheet = Sheet::new("Assign", |form, _| {
        let name = form.value("to");
        Ok(Step::Assign(name.strip_prefix(AGENT).map(str::to_owned)))
    });
    (
        sheet.saying(|seen, _, _| {
            let assignee = seen.dossier.incident.assignee.as_deref();
            vec![plain(format!("Now: {}.", assignee.unwrap_or(NOBODY)))]
        }),
        form,
    )
}
