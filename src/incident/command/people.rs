//! What is otherwise about a customer, and what an agent leaves behind.

use crate::incident::Customer;

/// What of a customer is to be otherwise. What is absent stays; an empty text takes away what may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerChange {
    /// Its name.
    pub name: Option<String>,
    /// Its policy, for what is logged from now on; empty for the desk's first.
    pub policy: Option<String>,
    /// Its office.
    pub office: Option<String>,
    /// Its account manager's mail address.
    pub account_manager: Option<String>,
    /// The customer as it was seen: what has become otherwise since, and not what it is to be, is not overwritten.
    pub seen: Option<Box<Customer>>,
}

impl CustomerChange {
    /// Whether nothing is to be otherwise.
    pub fn is_empty(&self) -> bool {
        let facts = [
            &self.name,
            &self.policy,
            &self.office,
            &self.account_manager,
        ];
        facts.iter().all(|fact| fact.is_none())
    }
}

/// What becomes of the open incidents of an agent who leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LeftTo {
    /// Nobody said: there may be none.
    #[default]
    Unsaid,
    /// They are nobody's, and wait to be taken.
    Queue,
    /// They are this agent's.
    Agent(String),
}
