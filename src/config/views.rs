//! A view that an agent added is renamed, or taken out of the settings' file again; everything else in it stays as it is.

use super::{Config, ConfigError, Written, read, write};

/// What one view of the file begins with.
const HEADER: &str = "[[view]]";

impl Config {
    /// Calls the view `name` what `to` says, or takes it out where that says nothing, in the settings' file as it is now.
    ///
    /// # Errors
    /// When the file has no such view, has the new name already, is written so that only its owner can change it, or
    /// cannot be written.
    pub fn change_view(&self, name: &str, to: Option<&str>) -> Result<(), ConfigError> {
        let text = read(&self.path, &self.path, 1)?.unwrap_or_default();
        let (now, _) = Self::parsed(self.path.clone(), &text)?;
        let known = |name: &str| now.views.iter().find(|view| view.name == name);
        let view = known(name)
            .ok_or_else(|| self.error(1, format!("no view is called \"{name}\" any more")))?;
        if let Some(there) = to.filter(|to| *to != name).and_then(known) {
            let problem = format!(
                "view \"{}\" is there already: give another name",
                there.name
            );
            return Err(self.error(there.line, problem));
        }
        let by_hand = || {
            let problem = format!(
                "view \"{name}\" is written in a form of your own: change it there by hand"
            );
            self.error(view.line, problem)
        };
        let changed = edited(&text, view.line, to).ok_or_else(by_hand)?;
        // Whatever the file looks like: the other views, and nothing else of this one, are as before.
        let wanted = now
            .views
            .iter()
            .filter_map(|one| match (one.name == name, to) {
                (true, None) => None,
                (true, Some(to)) => Some((to, one.query.as_str())),
                (false, _) => Some((one.name.as_str(), one.query.as_str())),
            });
        let written = toml::from_str::<Written>(&changed).map_err(|_| by_hand())?;
        let is = written.view.iter();
        let is = is.map(|view| (view.name.get_ref().as_str(), view.query.as_str()));
        if !is.eq(wanted) {
            return Err(by_hand());
        }
        write(&self.path, &changed)
            .map_err(|error| self.error(view.line, format!("it cannot be written: {error}")))
    }
}

/// The text with the view whose name stands in `line` renamed or taken out; none where that is not written line by line.
fn edited(text: &str, line: usize, to: Option<&str>) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = line.checked_sub(1)?;
    match to {
        Some(to) => {
            let named = lines
                .get_mut(at)
                .filter(|line| line.trim_start().starts_with("name"))?;
            *named = format!("name = {}", toml::Value::String(to.to_owned()));
        }
        None => {
            let above = lines.get(..at)?;
            let first = above.iter().rposition(|line| line.trim() == HEADER)?;
            let below = lines.iter().skip(at);
            let next = below
                .clone()
                .position(|line| line.trim_start().starts_with('['));
            let end = next.map_or(lines.len(), |next| at + next);
            lines.drain(first..end);
        }
    }
    let text = lines.join("\n");
    Some(format!("{}\n", text.trim_end()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Config;

    const FILE: &str = "# mine\ntheme = \"light\"\n\n[[view]]\nname = \"Fern\"  # a friend\nquery = \"fern\"\n\n[[view]]\nquery = \"late\"\nname = \"Late\"\n\n[keys]\nnote = [\"z\"]\n";

    fn changed(file: &str, name: &str, to: Option<&str>) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, file).unwrap();
        let config = Config::read(folder.path()).unwrap();
        config
            .change_view(name, to)
            .map_err(|error| error.problem)?;
        Ok(fs::read_to_string(path).unwrap())
    }

    #[test]
    fn a_view_is_renamed_and_taken_out_and_the_rest_stays() {
        let text = changed(FILE, "Fern", Some("Blue \"Fern\"")).unwrap();
        assert!(
            text.contains("# mine\n") && text.contains("note = [\"z\"]"),
            "{text}"
        );
        assert!(
            text.contains("Blue") && !text.contains("a friend"),
            "{text}"
        );
        let text = changed(FILE, "Late", None).unwrap();
        assert!(!text.contains("late") && text.contains("[keys]"), "{text}");
        assert!(text.contains("a friend"), "{text}");
    }

    #[test]
    fn what_cannot_be_done_says_why() {
        let said = |name, to| changed(FILE, name, to).unwrap_err();
        assert!(said("Fern", Some("Late")).contains("there already"));
        assert!(said("Gone", None).contains("no view is called"));
        let inline = "view = [{ name = \"Fern\", query = \"fern\" }]\n";
        let said = changed(inline, "Fern", None).unwrap_err();
        assert!(said.contains("by hand"), "{said}");
    }
}
