//! What narrows the queue becomes a view of the agent's own.

use crate::config::View;
use crate::console::edit::Edit;
use crate::console::forms::{Choice, Field, Form};
use crate::console::model::Model;
use crate::console::request::Request;

/// The form that asks what the view is to be called; where one of the agent's own shows and nothing narrows it further,
/// what is to become of that.
pub fn keep(model: &Model) -> Edit {
    let queue = &model.queue;
    if let Some(own) = queue.own_view().filter(|_| queue.filter.trim().is_empty()) {
        return change(own, model);
    }
    let (_, saved) = queue.views().nth(queue.view).unwrap_or_default();
    let query = format!("{saved} {}", queue.filter.trim());
    let query = query.trim().to_owned();
    let note = format!(
        "It asks for: {query}\nIt is written at the end of config.toml, where it can be changed or taken out again."
    );
    let name = name(model, "");
    Edit::asking("A view of your own", Form::new(vec![name]), move |form| {
        Ok(Some(Request::KeepView {
            name: form.value("name").trim().to_owned(),
            query: query.clone(),
        }))
    })
    .saying(note)
}

/// What a view is to be called: nothing that another one than `own` is called.
fn name(model: &Model, own: &str) -> Field {
    let others = model.queue.views().map(|(name, _)| name);
    let taken: Vec<String> = others
        .filter(|name| *name != own)
        .map(str::to_owned)
        .collect();
    Field::text("name", "Name")
        .required()
        .holding(own)
        .help("What stands over the queue.")
        .check(move |form| {
            let name = form.value("name");
            let known = taken.iter().any(|taken| taken == name.trim());
            known.then(|| "there is a view of that name: give another one".to_owned())
        })
}

/// The form that asks what is to become of a view of the agent's own.
fn change(own: &View, model: &Model) -> Edit {
    let choices = vec![
        Choice::new(RENAME, "another name", ""),
        Choice::new(
            REMOVE,
            "take it out",
            "It is no view any more; the incidents stay.",
        ),
    ];
    let fields = vec![
        Field::pick("what", "What", choices)
            .required()
            .holding(RENAME),
        name(model, &own.name).when(|form| form.value("what") == RENAME),
    ];
    let (called, removed) = (own.name.clone(), own.name.clone());
    let note = format!("It asks for: {}", own.query);
    let edit = Edit::asking(
        format!("Your view {called}"),
        Form::new(fields),
        move |form| {
            let to = (form.value("what") == RENAME).then(|| form.value("name").trim().to_owned());
            let same = to.as_deref() == Some(called.as_str());
            let name = called.clone();
            Ok((!same).then_some(Request::ChangeView { name, to }))
        },
    );
    let edit = edit.saying(note).telling(move |form| {
        let removes = form.value("what") == REMOVE;
        let words = format!("Takes the view {removed} out of config.toml.");
        if removes { words } else { String::new() }
    });
    edit.confirmed()
}

const RENAME: &str = "rename";
const REMOVE: &str = "remove";
