//! What rings: shown until somebody answers it, here or elsewhere.

use crate::console::call;
use crate::console::model::Model;
use crate::console::msg::Effect;
use crate::console::request::Request;
use crate::console::screens::screen::Screen;
use crate::store::Ring;

/// What has rung longest: who it is and by which number.
pub fn ringing(model: &Model) -> Option<String> {
    let (ring, who) = first(model)?;
    // How many stands first: it is never cut, however long the name of who rings is.
    let mut words = match rings(model).count() {
        1 => format!("rings (F9 answers): {who}"),
        count => format!("{count} ring (F9 answers this one): {who}"),
    };
    for part in [Some(&ring.number), ring.line.as_ref()]
        .into_iter()
        .flatten()
    {
        if !part.is_empty() {
            words.push_str(&format!(", {part}"));
        }
    }
    Some(words)
}

/// All that ring, a line each: since how many seconds, who it is, and by which number.
pub fn lines(model: &Model) -> Vec<(i64, String)> {
    let line = |(ring, who): &(Ring, String)| {
        let parts = [Some(who), Some(&ring.number), ring.line.as_ref()];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        let words: Vec<&str> = parts.map(String::as_str).collect();
        ((model.now - ring.at).num_seconds().max(0), words.join(", "))
    };
    rings(model).map(line).collect()
}

fn rings(model: &Model) -> impl Iterator<Item = &(Ring, String)> {
    let rings = model.alive.rings.iter();
    rings.filter(|(ring, _)| model.now - ring.at < Ring::LONGEST)
}

fn first(model: &Model) -> Option<&(Ring, String)> {
    rings(model).next()
}

/// In how many seconds something stops ringing by itself.
pub fn next_change(model: &Model) -> Option<i64> {
    let left = |(ring, _): &(Ring, String)| (ring.at + Ring::LONGEST - model.now).num_seconds() + 1;
    let counted = model.screen == Screen::Calls;
    let left = rings(model).map(left).min();
    left.map(|left| if counted { 1 } else { left })
}

/// Why nothing can be answered.
pub fn why_no_ring(model: &Model) -> Option<String> {
    first(model)
        .is_none()
        .then(|| "nothing rings: press c when a caller is on the line".to_owned())
}

/// Answers what has rung longest.
pub fn answer(model: &mut Model) -> Vec<Effect> {
    let Some((ring, _)) = first(model) else {
        return Vec::new();
    };
    let ring = ring.clone();
    let place = call::next_place(model).0;
    model.alive.claiming.insert(ring.id);
    vec![Effect::Ask(Request::Answer { ring, place })]
}
