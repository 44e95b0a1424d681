//! What somebody else changed while the form was open, at the fields that it meets.

use super::Form;

impl Form {
    /// Takes in the same form as it would be opened now. A field that nobody has filled in begins with what `fresh` does;
    /// one that was filled in otherwise says what it is now.
    pub fn meet(&mut self, fresh: &Self) {
        for (field, initial) in self.fields.iter_mut().zip(&mut self.initial) {
            let mut now = fresh.fields.iter();
            let Some(now) = now.find(|now| now.name == field.name) else {
                continue;
            };
            let value = now.value();
            if value == *initial || field.is_masked() {
                continue;
            }
            if field.value() == *initial {
                field.set(&value);
            } else if field.value() != value {
                self.met.insert(field.name.clone(), now.shown());
            }
            *initial = value;
        }
        self.settle();
    }

    /// Whether what is filled in differs from what somebody else has put there meanwhile.
    #[must_use]
    pub fn has_met(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| self.met(&field.name).is_some())
    }

    /// What the field called `name` is now, where it is filled in otherwise.
    pub(super) fn met(&self, name: &str) -> Option<&str> {
        let now = self.met.get(name)?;
        let field = self.fields.iter().find(|field| field.name == name)?;
        (self.is_relevant(field) && field.shown() != *now).then_some(now)
    }
}
