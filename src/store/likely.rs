//! Who a new customer may be already: found by the index of callers, so that many customers cost nothing.

use super::callers::{caller_query, digits};
use super::{Desk, StoreError};
use crate::incident::{Customer, NewCustomer};

/// How many are named at most.
const MOST: usize = 3;
/// Digits of a telephone number that tell who it is.
const LOCAL: usize = 7;

/// A customer that a new one may be, and what they have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Likely {
    /// The customer that is there.
    pub customer: Customer,
    /// What is the same.
    pub same: &'static str,
}

impl Desk {
    /// Customers that a new one may be: with its telephone number, its mail address, the words of its name or a name that
    /// sounds like it, or alone with the host of its mail address; at most a few.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn likely(&self, new: &NewCustomer) -> Result<Vec<Likely>, StoreError> {
        let mut found: Vec<Likely> = Vec::new();
        let mut add = |customers: Vec<Customer>, same| {
            for customer in customers {
                if found.iter().all(|known| known.customer.id != customer.id) {
                    found.push(Likely { customer, same });
                }
            }
        };
        let quoted = |text: &str| format!("reach : \"{}\"", text.replace('"', " "));
        let people = &new.contacts;
        for number in people.iter().flat_map(|person| &person.phones) {
            let digits = digits(number);
            // However much of the country and the zeros before it either side was given with.
            let digits = digits.trim_start_matches('0');
            let from = digits.len().saturating_sub(LOCAL + 2);
            let tail = digits.get(from..).unwrap_or_default();
            if tail.len() >= LOCAL {
                add(self.matching(&quoted(tail), MOST)?, "that telephone number");
            }
        }
        let mails = || people.iter().flat_map(|person| &person.mails);
        for mail in mails() {
            add(self.matching(&quoted(mail), MOST)?, "that mail address");
        }
        if let Some(query) = caller_query(&new.name, "") {
            let query = format!("name : ({})", query.replace("{name reach} : ", ""));
            add(self.matching(&query, MOST)?, "that name");
        }
        add(self.alike(&new.name, false)?, "a name like it");
        for host in mails().filter_map(|mail| mail.split_once('@')) {
            let alone = self.matching(&quoted(host.1), 2)?;
            if alone.len() == 1 {
                add(alone, "mail addresses there");
            }
        }
        found.truncate(MOST);
        Ok(found)
    }
}
