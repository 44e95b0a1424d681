//! What was typed into forms that were left: kept until they are opened again.

use std::collections::BTreeMap;

use super::forms::{Draft, Form};

/// Said when a form is left with something in it.
pub const KEPT: &str = "what you typed is kept: it is there when you open the form again";
/// Said when it is opened again.
pub const BACK: &str = "what you typed before is back: Ctrl-R begins anew";

/// What was typed, by the names of the forms: what each is for, and about what.
#[derive(Debug, Default)]
pub struct Drafts(BTreeMap<String, Draft>);

impl Drafts {
    /// Keeps what the agent changed in a form that is left. True if there was something to keep.
    pub fn keep(&mut self, name: String, form: &Form) -> bool {
        let draft = form.changes();
        if draft.is_empty() {
            return false;
        }
        self.0.insert(name, draft);
        true
    }

    /// Fills in what was kept for a form that is opened. True if there was something.
    pub fn fill(&mut self, name: &str, form: &mut Form) -> bool {
        let draft = self.0.remove(name);
        draft.inspect(|draft| form.fill(draft)).is_some()
    }
}
