//! The agent's own views of the queue, in the file of what the agent chose.

use super::Worker;
use crate::config::{Config, ConfigError};
use crate::console::request::Answer;

impl Worker {
    /// Keeps a view at the end of the file.
    pub(super) fn keep_view(&self, name: &str, query: &str) -> Answer {
        let kept = self
            .config()
            .and_then(|config| config.add_view(name, query));
        match kept {
            Ok(view) => Answer::ViewKept(view),
            Err(error) => Answer::told(Err(error.to_string())),
        }
    }

    /// Calls a view otherwise, or takes it out.
    pub(super) fn change_view(&self, name: String, to: Option<String>) -> Answer {
        let config = self.config();
        match config.and_then(|config| config.change_view(&name, to.as_deref())) {
            Ok(()) => Answer::ViewChanged { name, to },
            Err(error) => Answer::told(Err(error.to_string())),
        }
    }

    /// What the agent chose, as far as it means something.
    fn config(&self) -> Result<&Config, ConfigError> {
        let config = self.start.config.as_ref();
        config.map(|(config, _)| config).map_err(ConfigError::clone)
    }
}
