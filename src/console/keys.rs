//! The table of bindings. Each screen has one, and everything that has to do with keys comes from it: what a key does,
//! the footer, the list behind `?`, the palette and the table in the README. So none of them can drift.

use super::theme::{Role, Theme};
use crate::config::NamedKeys;
use crate::text::width;
use ratatui::text::{Line, Span};

/// What stands between two keys of the footer.
const GAP: &str = "  ";

mod chord;
pub use chord::{Chord, ChordError};

#[cfg(test)]
mod tests;

/// One row of a table: some keys, and what they do on a screen whose state is `S` and whose messages are `M`.
pub struct Binding<S: 'static, M> {
    /// The keys as they ship, each as [`Chord`] reads it. The first one is shown in the footer.
    pub chords: &'static [&'static str],
    /// One or two words that name the action, in the footer, the palette and the key file.
    pub name: &'static str,
    /// What it comes to where one is, for the footer; its name where there is nothing better.
    pub here: fn(&S) -> Option<&'static str>,
    /// Whether the footer shows it now: not what everybody knows, such as the arrows.
    pub in_footer: fn(&S) -> bool,
    /// A sentence for `?`, the palette and the README.
    pub about: &'static str,
    /// The message that the key sends.
    pub message: fn(&S) -> M,
    /// Why the key cannot be used now, in a sentence for the agent; `None` when it can.
    pub why_not: fn(&S) -> Option<String>,
}

impl<S, M> Binding<S, M> {
    fn press(&self, state: &S) -> Press<M> {
        match (self.why_not)(state) {
            Some(reason) => Press::Refused(reason),
            None => Press::Message((self.message)(state)),
        }
    }
}

/// What a key press comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press<M> {
    /// Nothing has this key here.
    Unbound,
    /// The key has a meaning, but not now; the reason is for the agent.
    Refused(String),
    /// The message to act on.
    Message(M),
}

/// One line of `?` and the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<M> {
    /// The keys.
    pub chords: Vec<Chord>,
    /// The keys, as they are shown: `j, Down`.
    pub keys: String,
    /// The name of the action.
    pub name: &'static str,
    /// What the footer calls it where one is.
    pub here: Option<&'static str>,
    /// What it does.
    pub about: &'static str,
    /// The message that it sends.
    pub message: M,
    /// Why it cannot be done now, if it cannot.
    pub why_not: Option<String>,
}

/// What is wrong with a table, or with a change to it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A key that no terminal can send, or that has no name.
    #[error(transparent)]
    Chord(#[from] ChordError),
    /// Two actions have the same key.
    #[error("{chord} stands for both \"{first}\" and \"{second}\": give one of them another key")]
    Clash {
        /// The key.
        chord: Chord,
        /// The action that has it.
        first: String,
        /// The action that wants it too.
        second: String,
    },
    /// A change names an action that is not there.
    #[error("no action is called \"{0}\" here: press ? to see what they are called")]
    UnknownAction(String),
}

/// A table of bindings with the keys that it has now: those that it ships with, or those that the agent chose.
pub struct Keymap<S: 'static, M: 'static> {
    bindings: &'static [Binding<S, M>],
    /// The keys of each binding, in its order.
    chords: Vec<Vec<Chord>>,
}

impl<S, M> Keymap<S, M> {
    /// The table with the keys that it ships with.
    ///
    /// # Errors
    /// [`KeyError`] when a key cannot be read or stands twice in the table: a mistake in the program, which a test of
    /// each table finds.
    pub fn new(bindings: &'static [Binding<S, M>]) -> Result<Self, KeyError> {
        let chords = bindings
            .iter()
            .map(|binding| read(binding.chords))
            .collect::<Result<_, _>>()?;
        let keymap = Self { bindings, chords };
        keymap.check().map(|()| keymap)
    }

    /// Gives the action called `name` the keys `chords` in place of the ones it has; none takes its keys away.
    /// Clashes are found by [`Keymap::check`], once all changes are made, so that two actions can swap keys.
    ///
    /// # Errors
    /// [`KeyError`] when no action has this name or a key cannot be read; nothing changes then.
    pub fn rebind(&mut self, name: &str, chords: &[&str]) -> Result<(), KeyError> {
        let unknown = || KeyError::UnknownAction(name.to_owned());
        let at = self
            .bindings
            .iter()
            .position(|binding| binding.name == name)
            .ok_or_else(unknown)?;
        let chords = read(chords)?;
        *self.chords.get_mut(at).ok_or_else(unknown)? = chords;
        Ok(())
    }

    /// Finds a key that stands for two actions.
    ///
    /// # Errors
    /// [`KeyError::Clash`] names the key and both actions.
    pub fn check(&self) -> Result<(), KeyError> {
        let mut seen: Vec<(Chord, &Binding<S, M>)> = Vec::new();
        for (binding, chord) in self.pairs() {
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == chord) {
                let (first, second) = (first.about.to_owned(), binding.about.to_owned());
                return Err(KeyError::Clash {
                    chord,
                    first,
                    second,
                });
            }
            seen.push((chord, binding));
        }
        Ok(())
    }

    /// The binding that has `chord`.
    #[must_use]
    pub fn lookup(&self, chord: Chord) -> Option<&'static Binding<S, M>> {
        self.pairs()
            .find(|(_, known)| *known == chord)
            .map(|(binding, _)| binding)
    }

    /// What pressing `chord` comes to in `state`.
    pub fn press(&self, state: &S, chord: Chord) -> Press<M> {
        self.lookup(chord)
            .map_or(Press::Unbound, |binding| binding.press(state))
    }

    /// What choosing the action called `name` comes to in `state`, whatever keys it has.
    pub fn choose(&self, state: &S, name: &str) -> Press<M> {
        let named = self.bindings.iter().find(|binding| binding.name == name);
        named.map_or(Press::Unbound, |binding| binding.press(state))
    }

    /// The rows of `?` and of the palette, in the order of the table.
    pub fn rows(&self, state: &S) -> Vec<Row<M>> {
        let row = |(binding, chords): (&Binding<S, M>, &Vec<Chord>)| Row {
            chords: chords.clone(),
            keys: joined(chords),
            name: binding.name,
            here: (binding.here)(state),
            about: binding.about,
            message: (binding.message)(state),
            why_not: (binding.why_not)(state),
        };
        self.bindings.iter().zip(&self.chords).map(row).collect()
    }

    /// The keys that can be used now, as many as fit whole into `columns`: those of `first` in its order, then the others
    /// in the order of the table. The last of `first` keeps its room, whatever else there is.
    pub fn footer(
        &self,
        state: &S,
        theme: &Theme,
        columns: usize,
        first: &[&str],
    ) -> Line<'static> {
        let rank = |name: &str| first.iter().position(|first| *first == name);
        let mut all: Vec<_> = self.bindings.iter().zip(&self.chords).collect();
        all.sort_by_key(|(binding, _)| rank(binding.name).unwrap_or(first.len()));
        // Whether a key can be used is asked of no more of them than there is room for.
        let usable = |(binding, chords): &(&Binding<S, M>, &Vec<Chord>)| {
            let chord = chords.first().filter(|_| (binding.in_footer)(state))?;
            let here = (binding.here)(state).unwrap_or(binding.name);
            let usable = (binding.why_not)(state).is_none();
            usable.then(|| (chord.to_string(), here))
        };
        let columns_of = |(key, here): &(String, &str)| width(key) + 1 + width(here);
        let is_last = |name| first.last() == Some(name);
        let always = all
            .iter()
            .position(|entry| is_last(&entry.0.name) && usable(entry).is_some());
        let always = always.and_then(|at| usable(&all.remove(at)));
        let always = always.filter(|entry| columns_of(entry) <= columns);
        let kept = always
            .as_ref()
            .map_or(0, |entry| GAP.len() + columns_of(entry));
        let mut room = (columns + GAP.len()).saturating_sub(kept);
        let fitting = all.iter().filter_map(usable).map_while(|entry| {
            room = room.checked_sub(GAP.len() + columns_of(&entry))?;
            Some(entry)
        });
        let mut line = Line::default();
        for (key, here) in fitting.chain(always) {
            let gap = if line.spans.is_empty() { "" } else { GAP };
            line.push_span(Span::raw(gap));
            line.push_span(Span::styled(key, theme.style(Role::Key)));
            line.push_span(Span::raw(" "));
            line.push_span(Span::styled(here, theme.style(Role::Muted)));
        }
        line
    }

    /// The table as Markdown, for the README.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut table = String::from("| key | does |\n| --- | --- |\n");
        for (binding, chords) in self.bindings.iter().zip(&self.chords) {
            let keys: Vec<_> = chords
                .iter()
                .map(|chord| format!("`{chord}`").replace('|', "\\|"))
                .collect();
            table.extend(["| ", &keys.join(", "), " | ", binding.about, " |\n"]);
        }
        table
    }

    /// Every action by its name, with its keys.
    pub fn named(&self) -> impl Iterator<Item = NamedKeys> + '_ {
        let named = |(binding, chords): (&Binding<S, M>, &Vec<Chord>)| NamedKeys {
            name: binding.name.to_owned(),
            keys: chords.iter().map(ToString::to_string).collect(),
            about: binding.about.to_owned(),
        };
        self.bindings.iter().zip(&self.chords).map(named)
    }

    fn pairs(&self) -> impl Iterator<Item = (&'static Binding<S, M>, Chord)> + '_ {
        let each = |(binding, chords): (&'static Binding<S, M>, &Vec<Chord>)| {
            chords
                .clone()
                .into_iter()
                .map(move |chord| (binding, chord))
        };
        self.bindings.iter().zip(&self.chords).flat_map(each)
    }
}

fn read(chords: &[&str]) -> Result<Vec<Chord>, ChordError> {
    chords.iter().map(|chord| chord.parse()).collect()
}

fn joined(chords: &[Chord]) -> String {
    chords
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
