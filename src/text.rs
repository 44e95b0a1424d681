//! Text made fit for a terminal: measured in columns, cut, wrapped, and with nothing hidden in it.
//!
//! Names, notes and mails come from outside. An escape sequence in a customer's name must not move the cursor, and an
//! invisible character must not make two different names look alike: [`visible`] writes such characters out, and
//! whatever goes to a terminal goes through it. Columns are counted by grapheme cluster, as the screen's buffer does.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

mod alike;
mod order;
mod slips;
pub mod sound;

pub use order::sort_key;
pub use slips::slips;

pub mod table;

#[cfg(test)]
mod tests;

/// The columns that `text` takes on a terminal. Control characters count as nothing: make them visible first.
#[must_use]
pub fn width(text: &str) -> usize {
    simple_width(text).unwrap_or_else(|| text.graphemes(true).map(columns).sum())
}

/// Whether a text is made of letters that are one byte, one column and a cluster each.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Whether a text is made of characters that are one column and a cluster each: nothing is to be taken apart in it.
#[must_use]
pub fn is_narrow(text: &str) -> bool {
    text.chars().all(|c| match c {
        ' '..='~' => true,
        // Those of `simple_width` that are not all wide.
        '\u{a1}'..='\u{ac}'
        | '\u{ae}'..='\u{2ff}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2190}'..='\u{25ff}' => c.width() == Some(1),
        _ => false,
    })
}

/// The columns of a text in which nothing combines with what stands beside it, as most texts are: nothing is to be taken
/// apart in it. None for any other.
fn simple_width(text: &str) -> Option<usize> {
    text.chars().try_fold(0, |all, c| match c {
        ' '..='~' => Some(all + 1),
        // Letters that have their marks; dashes and dots; arrows, lines of boxes, shapes; Kana and Han.
        '\u{a1}'..='\u{ac}'
        | '\u{ae}'..='\u{2ff}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2190}'..='\u{25ff}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a0}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}' => Some(all + c.width()?),
        _ => None,
    })
}

/// The columns of one grapheme cluster; those made of control characters take none.
fn columns(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        0
    } else {
        grapheme.width()
    }
}

/// `text` with every character written out that would act on the terminal or hide: control characters (C0, DEL, C1)
/// and with them escape sequences, bidirectional marks and overrides, zero-width characters, stray joiners and
/// combining marks with nothing to combine with. They show as Rust writes them: `\n`, `\u{1b}`, `\u{202e}`.
///
/// Joiners between two letters that are not ASCII stay: Persian names need them. Emoji of several characters go apart
/// into their parts, as Unicode says of a terminal that cannot join them: how many columns the whole one takes is not
/// the same in every terminal, and one that thinks otherwise draws the rest of the line elsewhere. A flag shows as its
/// two letters, a skin tone and a variation selector not at all.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let Some((clean, ..)) = suspects(text).next() else {
        return Cow::Borrowed(text);
    };
    let mut shown = String::with_capacity(text.len() + 16);
    shown.push_str(text.get(..clean).unwrap_or_default());
    let mut from = clean;
    for (at, c, instead) in suspects(text) {
        shown.push_str(text.get(from..at).unwrap_or_default());
        match instead {
            Instead::WrittenOut => shown.extend(c.escape_default()),
            Instead::Letter(letter) => shown.push(letter),
            Instead::Nothing => {}
        }
        from = at + c.len_utf8();
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(shown)
}

/// What shows for a character that does not show itself.
#[derive(Clone, Copy)]
enum Instead {
    /// Its number.
    WrittenOut,
    /// A letter.
    Letter(char),
    /// Nothing: what stands before it says enough.
    Nothing,
}

/// The characters of `text` that do not show themselves, with their byte positions and what shows instead.
fn suspects(text: &str) -> impl Iterator<Item = (usize, char, Instead)> + '_ {
    // What stands before, if it is shown: a mark after a character that was written out has nothing to combine with.
    let mut before: Option<char> = None;
    text.char_indices().filter_map(move |(at, c)| {
        let after = || text.get(at + c.len_utf8()..)?.chars().next();
        let instead = instead_of(c, before, after);
        before = match instead {
            None => Some(c),
            Some(Instead::Letter(letter)) => Some(letter),
            Some(Instead::Nothing) => before,
            Some(Instead::WrittenOut) => None,
        };
        Some((at, c, instead?))
    })
}

/// What shows for `c`, unless it shows itself.
fn instead_of(c: char, before: Option<char>, after: impl Fn() -> Option<char>) -> Option<Instead> {
    let joins = |c: char| !c.is_ascii() && !is_joiner(c) && !acts_or_hides(c);
    match c {
        ' '..='~' => None,
        ZERO_WIDTH_JOINER if before.is_some_and(is_picture) && after().is_some_and(is_picture) => {
            Some(Instead::Nothing)
        }
        c if is_joiner(c) => {
            let stays = before.is_some_and(joins) && after().is_some_and(joins);
            (!stays).then_some(Instead::WrittenOut)
        }
        '\u{1f1e6}'..='\u{1f1ff}' => {
            let letter = u32::from('A') + u32::from(c) - 0x1f1e6;
            char::from_u32(letter).map(Instead::Letter)
        }
        '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' if before.is_some_and(joins) => {
            Some(Instead::Nothing)
        }
        // A digit on a key.
        '\u{fe0f}' if before.is_some_and(is_on_key) && after() == Some(KEYCAP) => {
            Some(Instead::Nothing)
        }
        KEYCAP if before.is_some_and(is_on_key) => Some(Instead::Nothing),
        '\u{fe0e}' | '\u{fe0f}' => Some(Instead::WrittenOut),
        // Alone it is a patch of colour, which would join what is no emoji.
        '\u{1f3fb}'..='\u{1f3ff}' => before.is_some().then_some(Instead::WrittenOut),
        c => (acts_or_hides(c) || before.is_none() && c.width() == Some(0))
            .then_some(Instead::WrittenOut),
    }
}

/// Makes one emoji of two.
const ZERO_WIDTH_JOINER: char = '\u{200d}';
/// Draws a key around a digit.
const KEYCAP: char = '\u{20e3}';

/// Whether emoji have it as a part: arrows, signs and pictures.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

fn is_on_key(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '#' | '*')
}

/// Whether a character joins or parts its neighbours without showing itself.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a character commands the terminal, turns the direction of text, or takes no room and shows nothing.
fn acts_or_hides(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// `text`, made [`visible`], in at most `columns` columns: cut at a grapheme, with `…` where something is missing.
#[must_use]
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    cut_with(text, columns, "…")
}

/// As [`cut`], with another mark for what is missing: terminals that draw `…` two columns wide get an ASCII one.
#[must_use]
pub fn cut_with<'a>(text: &'a str, columns: usize, mark: &str) -> Cow<'a, str> {
    let text = visible(text);
    let whole = width(&text);
    if whole <= columns {
        return text;
    }
    let Some(room) = columns.checked_sub(width(mark)) else {
        return Cow::Borrowed("");
    };
    let mut short = text
        .get(..split_at(&text, room))
        .unwrap_or_default()
        .to_owned();
    short.push_str(mark);
    Cow::Owned(short)
}

/// `text`, made [`visible`], in exactly `columns` columns: cut with `…` or padded with spaces on the right.
#[must_use]
pub fn fit(text: &str, columns: usize) -> String {
    let mut fitted = cut(text, columns).into_owned();
    fitted.extend(std::iter::repeat_n(
        ' ',
        columns.saturating_sub(width(&fitted)),
    ));
    fitted
}

/// As [`fit`], padded on the left: for figures, which line up on their right.
#[must_use]
pub fn fit_right(text: &str, columns: usize) -> String {
    let short = cut(text, columns);
    let mut fitted = " ".repeat(columns.saturating_sub(width(&short)));
    fitted.push_str(&short);
    fitted
}

/// What follows the first `columns` columns of `text`, from a grapheme boundary on: the part of a long line that shows
/// once it was scrolled.
#[must_use]
pub fn after(text: &str, columns: usize) -> &str {
    let mut skipped = 0;
    let shown = text.grapheme_indices(true).find(|(_, grapheme)| {
        let stands = skipped >= columns;
        skipped += self::columns(grapheme);
        stands
    });
    shown.and_then(|(at, _)| text.get(at..)).unwrap_or_default()
}

/// The byte position up to which `text` takes at most `columns` columns, on a grapheme boundary.
fn split_at(text: &str, columns: usize) -> usize {
    if is_plain(text) {
        return columns.min(text.len());
    }
    let mut used = 0;
    text.grapheme_indices(true)
        .find(|(_, grapheme)| {
            used += self::columns(grapheme);
            used > columns
        })
        .map_or(text.len(), |(at, _)| at)
}

/// `text` as lines of at most `columns` columns, each made [`visible`]. Lines of the text stay apart, also empty ones;
/// long ones break at spaces, and a word that is too long for a line breaks inside. No lines at all in 0 columns.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    if columns == 0 {
        return Vec::new();
    }
    let mut lines = Vec::new();
    for line in text.lines() {
        // A tab is a space that means well: written out, it would only disturb.
        let line = match line.contains('\t') {
            true => Cow::Owned(line.replace('\t', "    ")),
            false => Cow::Borrowed(line),
        };
        wrap_line(&visible(&line), columns, &mut lines);
    }
    lines
}

/// The words of a line, and the spaces between them.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let space = |c: char| c == ' ';
    line.split_inclusive(space).flat_map(move |piece| {
        let (word, gap) = piece.split_at(piece.trim_end_matches(space).len());
        [word, gap].into_iter().filter(|part| !part.is_empty())
    })
}

/// Breaks one visible line and appends the pieces.
fn wrap_line(line: &str, columns: usize, lines: &mut Vec<String>) {
    if width(line) <= columns {
        lines.push(line.trim_end().to_owned());
        return;
    }
    let before = lines.len();
    let mut current = String::new();
    let mut used = 0;
    for word in words(line) {
        let needed = width(word);
        if used + needed <= columns {
            current.push_str(word);
            used += needed;
            continue;
        }
        if word.trim().is_empty() {
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut current).trim_end().to_owned());
        }
        let mut rest = word;
        while width(rest) > columns {
            // A grapheme wider than the line goes on a line of its own, so that the loop always moves on.
            let at = split_at(rest, columns).max(rest.graphemes(true).next().map_or(1, str::len));
            lines.push(rest.get(..at).unwrap_or_default().to_owned());
            rest = rest.get(at..).unwrap_or_default();
        }
        current.push_str(rest);
        used = width(rest);
    }
    if !current.is_empty() || lines.len() == before {
        lines.push(current.trim_end().to_owned());
    }
}
