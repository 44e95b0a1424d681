//! What the environment says about the terminal, read once at start and handed to whoever decides by it.

/// The variables that describe a terminal; an unset one is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// `TERM`: the kind of terminal.
    pub term: String,
    /// `COLORTERM`: `truecolor` or `24bit` from terminals that have all colours (not forwarded by ssh).
    pub colorterm: String,
    /// `COLORFGBG`: `15;0` and the like, from terminals that tell whether they are dark or light.
    pub colorfgbg: String,
    /// The language and character set: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set.
    pub locale: String,
    /// `NO_COLOR` is set to something: no colours, please.
    pub no_color: bool,
    /// The session came over ssh (`SSH_CONNECTION` or `SSH_TTY`).
    pub ssh: bool,
    /// The terminal is a tmux pane (`TMUX`).
    pub tmux: bool,
    /// `HOLDLINE_MOUSE`: `on` or `off`; by default the mouse is left to the terminal over ssh only.
    pub mouse: String,
}

impl Environment {
    /// Reads the variables of this process.
    #[must_use]
    pub fn read() -> Self {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// Reads the variables through `variable`, which gives `None` for one that is not set.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| variable(name).unwrap_or_default();
        let is_set = |name: &str| !value(name).is_empty();
        Self {
            term: value("TERM"),
            colorterm: value("COLORTERM"),
            colorfgbg: value("COLORFGBG"),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"]
                .map(value)
                .into_iter()
                .find(|v| !v.is_empty())
                .unwrap_or_default(),
            no_color: is_set("NO_COLOR"),
            ssh: is_set("SSH_CONNECTION") || is_set("SSH_TTY"),
            tmux: is_set("TMUX"),
            mouse: value("HOLDLINE_MOUSE"),
        }
    }

    /// Whether the terminal is on this machine for as long as the console runs: not over ssh, nor within a program (tmux,
    /// GNU Screen) that somebody may attach to from elsewhere.
    #[must_use]
    pub fn stays_here(&self) -> bool {
        !self.ssh && !self.tmux && !self.term.starts_with("screen")
    }

    /// Whether the terminal moves lines and erases within them, as all but the poorest do.
    #[must_use]
    pub fn moves_lines(&self) -> bool {
        !matches!(self.term.as_str(), "" | "dumb")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_that_is_set_counts_and_an_empty_variable_is_unset() {
        let environment = Environment::from_variables(|name| {
            let value = match name {
                "LC_ALL" | "NO_COLOR" => "",
                "LC_CTYPE" => "de_DE.UTF-8",
                "LANG" => "C",
                "SSH_TTY" => "/dev/pts/3",
                _ => return None,
            };
            Some(value.to_owned())
        });
        let expected = Environment {
            locale: "de_DE.UTF-8".into(),
            ssh: true,
            ..Environment::default()
        };
        assert_eq!(environment, expected);
    }

    #[test]
    fn over_ssh_and_where_others_attach_a_terminal_does_not_stay_here() {
        let stays_here = |name, value: &str| {
            let only = |asked: &str| (asked == name).then(|| value.to_owned());
            Environment::from_variables(only).stays_here()
        };
        assert!(stays_here("TERM", "xterm-256color"));
        for (name, value) in [
            ("SSH_TTY", "/dev/pts/3"),
            ("SSH_CONNECTION", "203.0.113.9 50022 203.0.113.1 22"),
            ("TMUX", "/run/tmux/default,4021,0"),
            ("TERM", "screen.xterm-256color"),
        ] {
            assert!(!stays_here(name, value), "{name}");
        }
    }
}
