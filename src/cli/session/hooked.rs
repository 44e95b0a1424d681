//! The agent's hooks, where something may be recorded.

use super::{Session, note};
use crate::cli::Failure;
use crate::config::Config;
use crate::hooks::Hooks;

impl Session {
    /// The agent's hooks; none where the settings are wrong, which is said.
    pub(super) fn hooks(&self) -> Result<Option<&Hooks>, Failure> {
        if self.hooks.get().is_none() {
            let hooks = Config::own().map(|(config, _)| config.hooks);
            let hooks = hooks.unwrap_or_else(|mistake| {
                self.note(format_args!("{mistake}; no hook is run"));
                Vec::new()
            });
            let say = |why: String| note(&why);
            let hooks = Hooks::new(hooks, say).map_err(Failure::input)?;
            // Nobody else has this session.
            let _ = self.hooks.set(hooks);
        }
        Ok(self.hooks.get().and_then(Option::as_ref))
    }
}
