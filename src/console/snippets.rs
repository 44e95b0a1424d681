//! Stock phrases: `;` and the beginning of a name in any field of a form offers those that begin so.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::model::Model;
use crate::policy::Snippet;

/// The phrases whose names begin with what stands behind a `;` before the cursor. The agent's own come first, then those
/// of the policy that one is working under; of several of one name the first counts.
fn offered(model: &Model) -> Option<Vec<&Snippet>> {
    let begun = model.form()?.begun()?;
    let policies = model.desk.iter().flat_map(|desk| &desk.rulings);
    let policies = model
        .policy_here()
        .into_iter()
        .chain(policies.map(|ruling| &*ruling.policy));
    let all = policies.flat_map(|policy| &policy.snippets);
    let mut found: Vec<&Snippet> = Vec::new();
    for snippet in model.own_snippets.iter().chain(all) {
        let is_known = found.iter().any(|known| known.name == snippet.name);
        if snippet.name.starts_with(&begun) && !is_known {
            found.push(snippet);
        }
    }
    Some(found)
}

/// The phrases that are offered, in a line; none where none is begun.
pub fn in_words(model: &Model) -> Option<String> {
    let found = offered(model)?;
    let Some((first, others)) = found.split_first() else {
        return Some("no stock phrase begins so".to_owned());
    };
    let text: Vec<&str> = first.text.split_whitespace().collect();
    let others: String = others
        .iter()
        .map(|other| format!("  ;{}", other.name))
        .collect();
    Some(format!("Tab  ;{} {}{others}", first.name, text.join(" ")))
}

/// Puts a phrase in place of its name: the first that is offered by Tab, one that is written out by whatever ends a word.
/// True if the key is used up by that.
pub fn on_key(model: &mut Model, key: &KeyEvent) -> bool {
    let Some(found) = offered(model) else {
        return false;
    };
    let is_tab = key.code == KeyCode::Tab;
    let ends = match (key.code, key.modifiers) {
        (KeyCode::Char(' ') | KeyCode::Enter, _) => true,
        (KeyCode::Char('d' | 'j'), modifiers) => modifiers == KeyModifiers::CONTROL,
        _ => false,
    };
    let begun = model.form().and_then(super::forms::Form::begun);
    let meant = found
        .iter()
        .find(|snippet| is_tab || ends && Some(&snippet.name) == begun.as_ref());
    let Some(text) = meant.map(|snippet| snippet.text.trim_end().to_owned()) else {
        return false;
    };
    if let Some(form) = model.form_mut() {
        form.complete(&text);
    }
    is_tab
}
