//! What the desk refused, at the field that it means.

use super::{Field, Form};
use crate::console::wording::{at_the_keys, fields};

/// A refusal, and what was filled in then: it is said until anything is otherwise.
#[derive(Clone)]
pub(super) struct Refused {
    field: String,
    words: String,
    values: Vec<String>,
}

impl Form {
    /// The desk refused what is filled in. The field that is meant says so, and gets the keys; where it is none of this
    /// form, the reason comes back, in words for the keys.
    #[must_use]
    pub fn refuse(&mut self, reason: &str) -> Option<String> {
        let words = at_the_keys(reason).into_owned();
        let mut names = fields(reason).into_iter();
        // A field may be one of several, of which one matters: `office of per-incident`.
        let is = |field: &Field, name: &str| {
            let of = field.name.strip_prefix(name);
            of.is_some_and(|of| of.is_empty() || of.starts_with(" of "))
        };
        let meant = names.find_map(|name| {
            let mut fields = self.relevant().map(|(_, field)| field);
            Some(fields.find(|field| is(field, &name))?.name.clone())
        });
        let Some(field) = meant else {
            return Some(words);
        };
        self.focus_on(&field);
        let values = self.values();
        self.attempted = true;
        self.refused = Some(Refused {
            field,
            words,
            values,
        });
        None
    }

    /// What was refused at a field, while everything is as it was then.
    pub(super) fn refused_at(&self, field: &Field) -> Option<String> {
        let refused = self.refused.as_ref()?;
        let stands = refused.field == field.name && refused.values == self.values();
        stands.then(|| refused.words.clone())
    }

    fn values(&self) -> Vec<String> {
        self.fields.iter().map(Field::value).collect()
    }
}
