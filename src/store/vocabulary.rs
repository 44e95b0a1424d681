//! The names that a query may say: what the desk knows of them, and which are nobody's.

use rusqlite::params_from_iter;

use super::conditions::begins;
use super::spellings::{beginnings, named};
use super::{Desk, StoreError};
use crate::incident::{Query, Term, Vocabulary};
use crate::policy::nearest::nearest;

/// A name in a query that is nobody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The key before it.
    pub key: &'static str,
    /// The name as it was typed.
    pub name: String,
    /// What is wrong with it, and what would be right.
    pub problem: String,
}

impl Desk {
    /// The names of severities, policies, agents and products.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn vocabulary(&self) -> Result<Vocabulary, StoreError> {
        let mut words = Vocabulary::default();
        let mut agents = self
            .connection
            .prepare_cached("SELECT name FROM agent ORDER BY name")?;
        for name in agents.query_map([], |row| row.get(0))? {
            words.agents.push(name?);
        }
        let mut versions = self
            .connection
            .prepare_cached("SELECT name, version FROM policy ORDER BY place, version DESC")?;
        let versions = versions.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for version in versions {
            let (name, version): (String, u32) = version?;
            words.learn(&self.ruling_of(&name, version)?.policy);
        }
        Ok(words)
    }

    /// The first customer or product in a query with whose name nothing on the desk begins. There may be a hundred thousand
    /// of them, so that this is asked only where nothing was found.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn unknown(&self, query: &Query) -> Result<Option<UnknownName>, StoreError> {
        // What is being typed is not looked for among all: that nothing has it shows once it is.
        let typed = query.terms.contains(&(false, Term::Recent));
        for (exclude, term) in &query.terms {
            let (key, names) = match term {
                _ if *exclude => continue,
                Term::Product(_) if typed => continue,
                Term::Customer(names) | Term::FirstCustomers(names) => ("customer", names),
                Term::Product(names) => ("product", names),
                _ => continue,
            };
            for name in names {
                if !self.is_known(key, name)? {
                    return Ok(Some(UnknownName {
                        key,
                        name: name.clone(),
                        problem: self.unknown_in_words(key, name)?,
                    }));
                }
            }
        }
        Ok(None)
    }

    fn is_known(&self, key: &str, name: &str) -> Result<bool, StoreError> {
        let (found, values) = match key {
            "customer" => {
                let begun = serde_json::to_string(&beginnings(&self.connection, name)?)?;
                let found = format!(
                    "SELECT EXISTS({}) OR EXISTS(SELECT 1 FROM customer WHERE code = ?2)",
                    named("?1")
                );
                (found, vec![begun, name.to_owned()])
            }
            _ => {
                let found = format!(
                    "SELECT EXISTS(SELECT 1 FROM incident INDEXED BY incident_newest WHERE {})",
                    begins("product", "?1")
                );
                (found, vec![name.to_owned()])
            }
        };
        let mut statement = self.connection.prepare_cached(&found)?;
        Ok(statement.query_row(params_from_iter(values), |row| row.get(0))?)
    }

    fn unknown_in_words(&self, key: &str, name: &str) -> Result<String, StoreError> {
        let (what, near) = match key {
            "customer" => {
                let near = self.find_customers(name, 1)?.pop();
                let near = near.map(|near| near.customer.name);
                ("customer's name begins with", near)
            }
            _ => {
                let known = self.vocabulary()?.products;
                let near = nearest(name, known.iter().map(String::as_str));
                ("incident's product begins with", near.map(str::to_owned))
            }
        };
        let hint = near.map(|near| format!(": try {key}:\"{near}\""));
        Ok(format!("no {what} \"{name}\"{}", hint.unwrap_or_default()))
    }
}
