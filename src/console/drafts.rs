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

    /// All that is to be kept beside the desk, with what is typed into forms that are open; nothing where nothing is.
    pub fn to_keep<'a>(&self, open: impl Iterator<Item = (String, &'a Form)>) -> Option<String> {
        let mut all = self.0.clone();
        let open = open.map(|(name, form)| (name, form.changes()));
        all.extend(open.filter(|(_, draft)| !draft.is_empty()));
        (!all.is_empty()).then(|| serde_json::to_string(&all).unwrap_or_default())
    }

    /// Takes in what an earlier console left, and gives the names of its forms.
    pub fn take_in(&mut self, left: &str) -> Vec<String> {
        // What another version wrote is let go.
        let left: BTreeMap<String, Draft> = serde_json::from_str(left).unwrap_or_default();
        let names = left.keys().cloned().collect();
        self.0.extend(left);
        names
    }

    /// What was kept for a form, which stays until it is [forgotten](Self::forget).
    pub fn get(&self, name: &str) -> Option<&Draft> {
        self.0.get(name)
    }

    /// Lets go what was kept for a form.
    pub fn forget(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// Fills in what was kept for a form that is opened. True if there was something.
    pub fn fill(&mut self, name: &str, form: &mut Form) -> bool {
        let draft = self.0.remove(name);
        draft.inspect(|draft| form.fill(draft)).is_some()
    }
}
