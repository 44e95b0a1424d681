//! What narrows the queue becomes a view of the agent's own.

use crate::console::edit::Edit;
use crate::console::forms::{Field, Form};
use crate::console::model::Model;
use crate::console::request::Request;

/// The form that asks what the view is to be called.
pub fn keep(model: &Model) -> Edit {
    let queue = &model.queue;
    let (_, saved) = queue.views().nth(queue.view).unwrap_or_default();
    let query = format!("{saved} {}", queue.filter.trim());
    let query = query.trim().to_owned();
    let note = format!(
        "It asks for: {query}\nIt is written at the end of config.toml, where it can be changed or taken out again."
    );
    let taken: Vec<String> = queue.views().map(|(name, _)| name.to_owned()).collect();
    let name = Field::text("name", "Name")
        .required()
        .help("What stands over the queue.")
        .check(move |form| {
            let name = form.value("name");
            let known = taken.iter().any(|taken| taken == name.trim());
            known.then(|| "there is a view of that name: give another one".to_owned())
        });
    Edit::asking("A view of your own", Form::new(vec![name]), move |form| {
        Ok(Some(Request::KeepView {
            name: form.value("name").trim().to_owned(),
            query: query.clone(),
        }))
    })
    .saying(note)
}
