//! Mail addresses: one after another, none of which can say more than an address may.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Mail addresses in the order in which they were given, each once. Stored as one text, so that it can be erased like
/// any other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Addresses(Vec<String>);

impl Addresses {
    /// These addresses, each once, upper and lower case the same.
    pub fn new(addresses: impl IntoIterator<Item = String>) -> Self {
        let mut list = Self::default();
        for address in addresses {
            list.add(&address);
        }
        list
    }

    fn add(&mut self, address: &str) {
        let address = address.trim();
        if !address.is_empty() && !self.has(address) {
            self.0.push(address.to_owned());
        }
    }

    /// Whether this address is one of them.
    pub fn has(&self, address: &str) -> bool {
        self.iter().any(|known| same(known, address))
    }

    /// These without those of `others`.
    #[must_use]
    pub fn without(self, others: &Self) -> Self {
        Self(
            self.0
                .into_iter()
                .filter(|address| !others.has(address))
                .collect(),
        )
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Whether two addresses are the same person's: hosts do not tell upper from lower case, and no host in use does for
/// the part before them.
pub(in crate::incident) fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

impl fmt::Display for Addresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl From<String> for Addresses {
    fn from(text: String) -> Self {
        Self::new(text.split(',').map(str::to_owned))
    }
}

impl From<Addresses> for String {
    fn from(addresses: Addresses) -> Self {
        addresses.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Addresses {
        serde_json::from_value(text.into()).unwrap()
    }

    #[test]
    fn each_is_there_once() {
        let list = read("ada@blue-fern.test, ADA@Blue-Fern.test,,  kim@blue-fern.test ");
        assert_eq!(list.to_string(), "ada@blue-fern.test, kim@blue-fern.test");
        assert!(list.has("Kim@blue-fern.test"));
        let rest = list.without(&read("kim@blue-fern.test"));
        assert_eq!(rest.iter().collect::<Vec<_>>(), ["ada@blue-fern.test"]);
        assert!(read("").is_empty());
    }
}
