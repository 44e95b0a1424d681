//! Numbers of payment cards in what people write. None is ever kept: what an agent types is refused, what comes from
//! outside is masked ([`without_cards`]).
//!
//! A card number has 13 to 19 digits of any script, alone or in groups parted by blanks or dashes; it begins as one of an
//! issuer's does, has a length that this issuer gives out, and its check digit is right. Other marks and one end of a line
//! part it, too, where its groups are those of a card. What begins with `+` or `00` is a telephone number, and what is
//! glued to letters is somebody's own number for something, or part of an address.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use super::{Refusal, TechRef};

/// As many blanks and dashes may part two groups.
const MOST_BETWEEN: usize = 3;
/// The fewest and most digits of a card number.
const DIGITS: std::ops::RangeInclusive<usize> = 13..=19;
/// The most digits of a telephone number with its country's code, by E.164; and with the `00` before it.
const TELEPHONE: usize = 15;
/// The digits that stay when a number is masked: those that name the issuer, and those on a receipt.
const FIRST: usize = 6;
const LAST: usize = 4;

/// Fields that hold what a program made, not what somebody wrote.
const MADE: [&str; 6] = [
    "external_id",
    "hash",
    "identity",
    "message_id",
    "replies_to",
    "media",
];

/// Digits that belong together, with where each stands.
#[derive(Default)]
struct Run {
    digits: Vec<(Range<usize>, u8)>,
    /// At which of the digits its groups begin, and what stands before each.
    groups: Vec<(usize, Parting)>,
    /// It begins like a telephone number.
    telephone: bool,
    /// Letters touch its first group, or its last one.
    glued: (bool, bool),
}

/// What parts two groups of digits.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Parting {
    /// Nothing, or blanks and dashes.
    #[default]
    Blank,
    /// One mark.
    Mark,
    /// The end of a line, with blanks and dashes around it.
    Line,
}

/// Refuses a text that holds the number of a payment card; `what` names it.
///
/// # Errors
/// When it holds one.
pub fn refuse_cards(what: &str, text: &str) -> Result<(), Refusal> {
    match cards(text).is_empty() {
        true => Ok(()),
        false => Err(Refusal::rule(format!(
            "the {what} holds the number of a payment card, and none is ever kept: leave it out, or write its last four \
             digits alone"
        ))),
    }
}

/// As [`refuse_cards`], for every text of an entry of the timeline.
///
/// # Errors
/// When one holds a card's number.
pub fn refuse_cards_in(entry: &Value) -> Result<(), Refusal> {
    fn look(what: &str, value: &Value) -> Result<(), Refusal> {
        match value {
            Value::String(text) => refuse_cards(&what.replace('_', " "), text),
            Value::Array(values) => values.iter().try_for_each(|value| look(what, value)),
            Value::Object(fields) => fields
                .iter()
                .filter(|(name, _)| !MADE.contains(&name.as_str()))
                .try_for_each(|(name, value)| look(name, value)),
            _ => Ok(()),
        }
    }
    look("text", entry)
}

/// Whether a text, or the JSON of an entry, is to be looked at closely: whether as many digits as a card's number has follow
/// each other, with nothing between them but what may part them. Asked first, as nearly none has.
pub fn may_hold_cards(text: &str) -> bool {
    let mut digits = 0;
    text.bytes().any(|byte| {
        match byte {
            // A letter or a digit of another script, and a mark that stands for one in JSON.
            b'0'..=b'9' | 0xc0.. => digits += 1,
            b' ' | b'\t' | b'\r' | b'\n' | b'-' | b'.' | b'/' | b'_' | 0x80..0xc0 => {}
            b'\\' => return true,
            _ => digits = 0,
        }
        digits >= *DIGITS.start()
    })
}

/// A text from outside, the middle digits of every card's number in it masked; it says so itself.
pub fn without_cards(text: &str) -> Cow<'_, str> {
    masked(text, |card| format!("[card number masked: {card}]"))
}

/// As [`without_cards`], digit by digit: the text keeps its length, and says nothing.
pub fn with_cards_starred(text: &str) -> Cow<'_, str> {
    masked(text, str::to_owned)
}

/// As [`without_cards`], for every text of a draft.
#[must_use]
pub fn without_cards_in(draft: Value) -> Value {
    match draft {
        Value::String(text) => Value::String(without_cards(&text).into_owned()),
        Value::Array(values) => values.into_iter().map(without_cards_in).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, without_cards_in(value)))
            .collect(),
        other => other,
    }
}

fn masked(text: &str, show: impl Fn(&str) -> String) -> Cow<'_, str> {
    let cards = cards(text);
    let Some(end) = cards
        .last()
        .and_then(|card| card.last())
        .map(|digit| digit.end)
    else {
        return Cow::Borrowed(text);
    };
    let mut whole = String::with_capacity(text.len() + 32 * cards.len());
    let mut from = 0;
    for card in &cards {
        let (Some(first), Some(last)) = (card.first(), card.last()) else {
            continue;
        };
        whole.push_str(text.get(from..first.start).unwrap_or_default());
        let mut starred = String::new();
        let mut at = first.start;
        for (n, digit) in card.iter().enumerate() {
            starred.push_str(text.get(at..digit.start).unwrap_or_default());
            match (FIRST..card.len() - LAST).contains(&n) {
                true => starred.push_str(&"*".repeat(digit.len())),
                false => starred.push_str(text.get(digit.clone()).unwrap_or_default()),
            }
            at = digit.end;
        }
        whole.push_str(&show(&starred));
        from = last.end;
    }
    whole.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(whole)
}

/// Where the digits of each card's number stand in `text`.
fn cards(text: &str) -> Vec<Vec<Range<usize>>> {
    if !may_hold_cards(text) {
        return Vec::new();
    }
    let runs = runs(text);
    let others = runs.iter().filter(|run| !is_of_ours(run, text));
    others.flat_map(in_run).collect()
}

/// Whether a run is made of Tech Reference numbers, as in `2609034-4 2609035-3`.
fn is_of_ours(run: &Run, text: &str) -> bool {
    let ends = run.digits.first().zip(run.digits.last());
    let written = ends.and_then(|(first, last)| text.get(first.0.start..last.0.end));
    let ours = |word: &str| word.contains('-') && word.parse::<TechRef>().is_ok();
    let words = |written: &str| {
        let mut words = written.split(|c: char| c.is_whitespace() || marks(c));
        words.all(|word| word.is_empty() || ours(word))
    };
    written.is_some_and(words)
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut run = Run::default();
    let (mut before, mut between, mut parting) = (None, 0, Parting::Blank);
    for (at, c) in text.char_indices() {
        let room = between < MOST_BETWEEN && !run.digits.is_empty() && parting != Parting::Mark;
        let ends_line = matches!(c, '\r' | '\n')
            && (parting != Parting::Line || before == Some('\r') && c == '\n');
        if let Some(value) = digit(c) {
            if run.digits.is_empty() {
                run.telephone = before == Some('+');
                run.glued.0 = before.is_some_and(glues);
            }
            if run.digits.is_empty() || between > 0 {
                run.groups.push((run.digits.len(), parting));
            }
            run.digits.push((at..at + c.len_utf8(), value));
            (between, parting) = (0, Parting::Blank);
        } else if room && (parts(c) || ends_line || between == 0 && marks(c)) {
            between += 1;
            if marks(c) {
                parting = Parting::Mark;
            } else if ends_line {
                parting = Parting::Line;
            }
        } else if !run.digits.is_empty() {
            run.glued.1 = between == 0 && glues(c);
            runs.push(std::mem::take(&mut run));
            (between, parting) = (0, Parting::Blank);
        }
        before = Some(c);
    }
    runs.push(run);
    runs.retain(|run| run.digits.len() >= *DIGITS.start());
    runs
}

/// The card numbers of a run, none of which overlap.
fn in_run(run: &Run) -> Vec<Vec<Range<usize>>> {
    let count = run.digits.len();
    let zeros = run
        .digits
        .iter()
        .take(2)
        .filter(|(_, value)| *value == 0)
        .count()
        == 2;
    let telephone = run.telephone || zeros;
    if telephone && count <= TELEPHONE + if zeros { 2 } else { 0 } {
        return Vec::new();
    }
    let ends = run.groups.iter().skip(1).map(|(start, _)| *start);
    let ends: Vec<usize> = ends.chain([count]).collect();
    let last = ends.len() - 1;
    let mut found = Vec::new();
    let mut free = 0;
    for (first, (start, _)) in run.groups.iter().enumerate() {
        if *start < free || telephone && first == 0 || run.glued.0 && first == 0 {
            continue;
        }
        // The longest that fits: a card and not its beginning. A text may be one long run: no card has more groups than
        // digits.
        let most = ends.len().min(first + DIGITS.end());
        let fits = ends
            .iter()
            .enumerate()
            .take(most)
            .skip(first)
            .rev()
            .find(|(group, end)| {
                let glued = run.glued.1 && *group == last;
                let digits = run.digits.get(*start..**end).unwrap_or_default();
                !glued && DIGITS.contains(&digits.len()) && is_grouped(run, first, *group) && {
                    let values: Vec<u8> = digits.iter().map(|(_, value)| *value).collect();
                    is_card(&values)
                }
            });
        if let Some((_, end)) = fits {
            free = *end;
            let digits = run.digits.get(*start..*end).unwrap_or_default();
            found.push(digits.iter().map(|(place, _)| place.clone()).collect());
        }
    }
    found
}

/// Whether the groups from `first` to `last` may be those of one number, and not numbers of their own.
fn is_grouped(run: &Run, first: usize, last: usize) -> bool {
    let apart = |group: usize| {
        let parting = run.groups.get(group).map(|(_, parting)| *parting);
        parting.is_none_or(|parting| group == 0 || parting != Parting::Blank)
    };
    let start = |group: usize| {
        let start = run.groups.get(group).map(|(start, _)| *start);
        start.unwrap_or(run.digits.len())
    };
    let sizes: Vec<usize> = (first..=last)
        .map(|group| start(group + 1) - start(group))
        .collect();
    let inner = run.groups.get(first + 1..=last).unwrap_or_default();
    let lines = inner
        .iter()
        .filter(|(_, parting)| *parting == Parting::Line)
        .count();
    let [before @ .., end] = sizes.as_slice() else {
        return false;
    };
    match (first + 1..=last).any(apart) {
        // What stands in a list, or is a date, is rarely grouped as a card is.
        true => {
            let fours = before.iter().all(|size| *size == 4) && *end <= 4;
            lines <= 1 && (fours || before == [4, 6] && matches!(end, 4 | 5))
        }
        // Short groups beside others are numbers of their own, such as Tech References.
        false => apart(first) && apart(last + 1) || before.iter().all(|size| *size > 2),
    }
}

/// Whether these digits are those of a card.
fn is_card(digits: &[u8]) -> bool {
    let beginning = |length: usize| {
        digits
            .iter()
            .take(length)
            .fold(0, |sum, digit| sum * 10 + u32::from(*digit))
    };
    let count = digits.len();
    let of_an_issuer = match (beginning(1), beginning(2), beginning(3), beginning(4)) {
        // Visa.
        (4, ..) => matches!(count, 13 | 16 | 19),
        // Mastercard.
        (_, 51..=55, ..) | (_, _, _, 2221..=2720) => count == 16,
        // American Express.
        (_, 34 | 37, ..) => count == 15,
        // Diners Club.
        (_, 36 | 38 | 39, ..) | (_, _, 300..=305, _) | (_, _, _, 3095) => count >= 14,
        // JCB, Discover, UnionPay.
        (_, _, _, 3528..=3589 | 6011) | (_, _, 644..=649, _) | (_, 62 | 65, ..) => count >= 16,
        // Maestro.
        (_, _, _, 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763) => count >= 16,
        // Mir.
        (_, _, _, 2200..=2204) => count >= 16,
        _ => false,
    };
    of_an_issuer && checks(digits)
}

/// Whether the last digit checks the others, by Luhn.
fn checks(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(n, digit)| u32::from(if n % 2 == 1 { doubled(*digit) } else { *digit }))
        .sum();
    sum.is_multiple_of(10)
}

/// A digit of any script, also one in a ring or raised.
fn digit(c: char) -> Option<u8> {
    let digit = match c.is_ascii() || !c.is_numeric() {
        true => c.to_digit(10),
        false => any_ascii::any_ascii_char(c).parse().ok(),
    };
    digit.and_then(|digit| u8::try_from(digit).ok().filter(|digit| *digit < 10))
}

/// Whether digits beside this are part of something else: of a word, or of a mail address. Writings without capitals glue
/// words to whatever stands beside them.
fn glues(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || c == '@'
}

/// Whether one of this, and nothing else, parts the groups of a number.
fn marks(c: char) -> bool {
    matches!(c, '.' | '/' | '_' | '\u{b7}' | '\u{2022}' | '\u{30fb}')
}

/// Whether this parts the groups of a number: a blank, a dash, or what cannot be seen.
fn parts(c: char) -> bool {
    matches!(c, ' ' | '\t' | '-' | '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200d}' | '\u{2010}'..='\u{2015}' | '\u{202f}' | '\u{2060}'
        | '\u{2212}' | '\u{3000}' | '\u{fe63}' | '\u{feff}' | '\u{ff0d}')
}

#[cfg(test)]
mod tests;
