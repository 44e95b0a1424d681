//! Mail addresses in forms.

use super::forms::{Field, Form};
use crate::policy::is_address;

/// What is typed as several, one by one.
pub fn parts(typed: &str) -> Vec<String> {
    let parts = typed.split([',', ';']).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A field whose addresses are divided by commas, and marked where one is none.
pub fn field(name: impl Into<String>, label: &str) -> Field {
    let name = name.into();
    let own = name.clone();
    Field::text(name, label).check(move |form: &Form| mistake(&form.value(&own)))
}

/// Why what is typed is not all addresses.
fn mistake(typed: &str) -> Option<String> {
    let wrong = parts(typed).into_iter().find(|part| !is_address(part))?;
    Some(format!(
        "\"{wrong}\" is no mail address: write it like ada@blue-fern.test"
    ))
}
