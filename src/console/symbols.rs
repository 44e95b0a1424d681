//! The symbols that tell a state beside its word, the lines of boxes, and their ASCII stand-ins for terminals that
//! cannot show them or would draw them two columns wide. Each takes exactly one column.

use super::environment::Environment;
use ratatui::symbols::{bar, border};

/// One set of symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbols {
    /// A clock past its due instant.
    pub missed: &'static str,
    /// A clock in its last hour or last quarter.
    pub soon: &'static str,
    /// A clock with time left.
    pub running: &'static str,
    /// A clock that stands still.
    pub paused: &'static str,
    /// Done, met, answered.
    pub good: &'static str,
    /// Failed, refused.
    pub bad: &'static str,
    /// Stands before the selected row.
    pub selected: &'static str,
    /// A row that somebody else changed.
    pub changed: &'static str,
    /// A row marked for a bulk action.
    pub marked: &'static str,
    /// Stands where something was cut off.
    pub cut: &'static str,
    /// Between things on one line.
    pub separator: &'static str,
    /// A field that must be filled in.
    pub required: &'static str,
    /// Stands for a letter that must not be seen.
    pub mask: &'static str,
    /// The block that large digits are made of.
    pub block: &'static str,
    /// A cell of a bar from empty to full, in equal steps.
    pub bar: &'static [&'static str],
    /// The parts of a standing bar.
    pub pillar: &'static bar::Set<'static>,
    /// The lines around a box.
    pub border: border::Set<'static>,
}

/// For terminals that show Unicode, one column a symbol.
pub const UNICODE: Symbols = Symbols {
    missed: "▲",
    soon: "●",
    running: "○",
    paused: "⏸",
    good: "✓",
    bad: "✗",
    selected: "▶",
    changed: "◆",
    marked: "■",
    cut: "…",
    separator: "·",
    required: "*",
    mask: "•",
    block: "█",
    bar: &["░", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    pillar: &bar::NINE_LEVELS,
    border: border::PLAIN,
};

/// For all the others.
pub const ASCII: Symbols = Symbols {
    missed: "!",
    soon: "*",
    running: "o",
    paused: "=",
    good: "+",
    bad: "x",
    selected: ">",
    changed: "~",
    marked: "#",
    cut: "~",
    separator: "-",
    required: "*",
    mask: "*",
    block: "#",
    bar: &[".", "#"],
    pillar: &bar::Set {
        full: "#",
        seven_eighths: "#",
        three_quarters: "#",
        five_eighths: "#",
        half: "#",
        three_eighths: "_",
        one_quarter: "_",
        one_eighth: "_",
        empty: " ",
    },
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
};

impl Symbols {
    /// The set for this terminal: Unicode where the locale is UTF-8 and not Chinese, Japanese or Korean (there many of
    /// these symbols are two columns wide) and `TERM` is neither a console with few glyphs nor unknown.
    #[must_use]
    pub fn suiting(environment: &Environment) -> &'static Self {
        let locale = environment.locale.to_ascii_lowercase();
        let utf8 = locale.contains("utf-8") || locale.contains("utf8");
        let wide = ["zh", "ja", "ko"]
            .iter()
            .any(|language| locale.starts_with(language));
        let term = environment.term.as_str();
        let poor = term.is_empty() || matches!(term, "linux" | "dumb") || term.starts_with("vt");
        if utf8 && !wide && !poor {
            &UNICODE
        } else {
            &ASCII
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;
    use rstest::rstest;

    fn all(symbols: &Symbols) -> Vec<&'static str> {
        let s = symbols;
        let b = &s.border;
        let states = [
            s.missed, s.soon, s.running, s.paused, s.good, s.bad, s.selected, s.changed, s.marked,
        ];
        let marks = [s.cut, s.separator, s.required, s.mask, s.block];
        let corners = [b.top_left, b.top_right, b.bottom_left, b.bottom_right];
        let lines = [
            b.vertical_left,
            b.vertical_right,
            b.horizontal_top,
            b.horizontal_bottom,
        ];
        let p = s.pillar;
        let pillar = [
            p.full,
            p.seven_eighths,
            p.three_quarters,
            p.five_eighths,
            p.half,
            p.three_eighths,
            p.one_quarter,
            p.one_eighth,
            p.empty,
        ];
        [&states[..], &marks, s.bar, &pillar, &corners, &lines].concat()
    }

    #[test]
    fn every_symbol_takes_one_column_and_the_stand_ins_are_ascii() {
        assert!(
            all(&UNICODE)
                .iter()
                .chain(&all(&ASCII))
                .all(|symbol| width(symbol) == 1)
        );
        assert!(all(&ASCII).iter().all(|symbol| symbol.is_ascii()));
    }

    #[test]
    fn no_two_states_share_a_symbol() {
        for s in [UNICODE, ASCII] {
            let states = [s.missed, s.soon, s.running, s.paused, s.good, s.bad];
            assert!(
                states
                    .iter()
                    .enumerate()
                    .all(|(at, symbol)| !states[..at].contains(symbol))
            );
        }
    }

    #[rstest]
    #[case("en_GB.UTF-8", "xterm-256color", true)]
    #[case("C.utf8", "tmux-256color", true)]
    #[case("en_GB.ISO-8859-1", "xterm-256color", false)]
    #[case("", "xterm-256color", false)]
    #[case("ja_JP.UTF-8", "xterm-256color", false)]
    #[case("zh_CN.UTF-8", "xterm-256color", false)]
    #[case("en_GB.UTF-8", "linux", false)]
    #[case("en_GB.UTF-8", "vt220", false)]
    #[case("en_GB.UTF-8", "", false)]
    fn the_terminal_and_its_locale_choose(
        #[case] locale: &str,
        #[case] term: &str,
        #[case] unicode: bool,
    ) {
        let environment = Environment {
            locale: locale.into(),
            term: term.into(),
            ..Environment::default()
        };
        assert_eq!(*Symbols::suiting(&environment) == UNICODE, unicode);
    }
}
