//! Callers whose names only sound like what was typed, or are spelt nearly so.

use super::{HEARD, names};
use crate::incident::Customer;
use crate::store::{Desk, StoreError};
use crate::text::sound::Word;

/// Of customers with a name that is alike so many are looked at, the newest first.
const LOOKED_AT: usize = 200;

/// What of a word must be the same, so that a customer is looked at.
#[derive(Clone, Copy, PartialEq)]
enum Same {
    /// How it sounds.
    Sound,
    /// How it sounds, or all but a slip or its ending.
    Letters,
}

impl Desk {
    /// Customers with a word that begins with, or sounds like, or, where nobody has it `as_written`, is spelt nearly like
    /// each one of `text`; the nearest first.
    pub(in crate::store) fn alike(
        &self,
        text: &str,
        as_written: bool,
    ) -> Result<Vec<Customer>, StoreError> {
        let typed = Word::all(text);
        if !typed.iter().any(is_heard) {
            return Ok(Vec::new());
        }
        let same = if as_written {
            Same::Sound
        } else {
            Same::Letters
        };
        let readings = readings(&typed);
        let query: Vec<String> = readings
            .iter()
            .map(|words| {
                let words: Vec<String> = words.iter().map(|word| like(word, same)).collect();
                format!("({})", words.join(" AND "))
            })
            .collect();
        let mut near: Vec<(usize, Customer)> = self
            .matching(&query.join(" OR "), LOOKED_AT)?
            .into_iter()
            .filter_map(|customer| {
                let known = known(&customer);
                let far = |words: &Vec<Word>| distance(words, &known, same);
                Some((readings.iter().filter_map(far).min()?, customer))
            })
            .collect();
        near.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.name.cmp(&other.name)));
        Ok(near.into_iter().map(|(_, customer)| customer).collect())
    }
}

fn is_heard(word: &Word) -> bool {
    word.spelt.len() >= HEARD && !word.keys.is_empty()
}

/// What was typed as it stands, and with each two words that stand side by side as one.
fn readings(typed: &[Word]) -> Vec<Vec<Word>> {
    let pairs = typed.windows(2).enumerate();
    let joined = pairs.filter_map(|(at, pair)| {
        let mut words = typed.to_vec();
        let one = Word::joined(pair)?;
        words.splice(at..at + 2, [one]);
        Some(words)
    });
    std::iter::once(typed.to_vec()).chain(joined).collect()
}

/// A word as a query of the index of callers.
fn like(word: &Word, same: Same) -> String {
    let mut any = vec![format!("{{name reach}} : \"{}\" *", word.spelt)];
    if is_heard(word) {
        any.extend(word.keys.iter().map(|key| format!("sound : \"{key}\"")));
        if same == Same::Letters {
            any.push(format!("name : \"{}\" *", word.stem()));
            any.extend(word.around_a_slip().into_iter().map(around));
        }
    }
    format!("({})", any.join(" OR "))
}

/// The beginning and the end that a word has.
fn around((start, end): (&str, &str)) -> String {
    let start = (!start.is_empty()).then(|| format!("name : \"{start}\" *"));
    let end = (!end.is_empty()).then(|| format!("ends : \"{}\" *", backwards(end)));
    let both: Vec<String> = start.into_iter().chain(end).collect();
    format!("({})", both.join(" AND "))
}

/// A word from its last letter to its first.
pub(super) fn backwards(word: &str) -> String {
    word.chars().rev().collect()
}

/// The words of a customer's names.
pub(super) fn known(customer: &Customer) -> Vec<Word> {
    let names = names(customer).into_iter();
    names.flat_map(Word::with_joined).collect()
}

/// How far these words are from the known ones, each taken with the nearest to it; none where there is no near one.
fn distance(typed: &[Word], known: &[Word], same: Same) -> Option<usize> {
    let nearest = |word: &Word| {
        let far = |known: &Word| match known.spelt.starts_with(&word.spelt) {
            true => Some(0),
            false if same == Same::Sound => word.distance(known),
            false => word.near(known),
        };
        known.iter().filter_map(far).min()
    };
    typed.iter().map(nearest).sum()
}
