//! Whose an incident from elsewhere is, and who of the customer's people it came from.

use std::collections::HashMap;

use csv::StringRecord;

use super::made::MadeSoFar;
use super::map::Opens;
use crate::incident::{Command, Contact, CustomerId, NewCustomer, Refusal};
use crate::policy::Policy;
use crate::store::{Batch, Context, Done, StoreError};

/// Customers and their people on the way into a desk.
pub(super) struct People {
    /// The customers of the file by the name and the first address that it has of them.
    known: HashMap<(String, Option<String>), CustomerId>,
    /// The customers for whom an address is registered; looked up once it is needed.
    registered: Option<HashMap<String, Vec<CustomerId>>>,
    /// How many customers were made.
    pub(super) made: u64,
    /// The first of them.
    pub(super) named: MadeSoFar,
}

impl People {
    pub(super) fn new() -> Self {
        Self {
            known: HashMap::new(),
            registered: None,
            made: 0,
            named: MadeSoFar::default(),
        }
    }

    /// The customer of a line, made where there is none, and the person it came from.
    pub(super) fn of(
        &mut self,
        fields: &StringRecord,
        opens: &Opens,
        policy: &Policy,
        batch: &mut Batch<'_>,
        context: &Context,
    ) -> Result<(CustomerId, Option<Contact>), StoreError> {
        let name = opens.customer.text(fields).filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| Refusal::input("it names no customer"))?;
        let contact = opens.contact.as_ref().and_then(|one| one.text(fields));
        let name = match contact {
            // Who is a customer themselves stands there as a person does.
            Some(contact) if contact == name => match parted(&name) {
                (person, _) if !person.is_empty() => person,
                (_, address) => address.unwrap_or(name),
            },
            _ => name,
        };
        let person = opens.person(fields);
        let mail = person.as_ref().and_then(|person| person.mails.first());
        let key = (name, mail.map(|mail| mail.to_lowercase()));
        let customer = match self.known.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.customer(&key.0, key.1.as_deref(), opens, policy, batch, context)?;
                self.known.insert(key, id);
                id
            }
        };
        let contact = person.map(|person| self.person(customer, person, batch, context));
        Ok((customer, contact.transpose()?))
    }

    /// The customer of this name, else the one for whom the address is registered, else a new one.
    fn customer(
        &mut self,
        name: &str,
        mail: Option<&str>,
        opens: &Opens,
        policy: &Policy,
        batch: &mut Batch<'_>,
        context: &Context,
    ) -> Result<CustomerId, StoreError> {
        match batch.desk().customers_called(name)?.as_slice() {
            [] => {}
            [one] => return Ok(one.id),
            [_, _, ..] => return Ok(batch.desk().customer_named(name)?.id),
        }
        if let Some(mail) = mail
            && let [one] = self
                .registered(batch)?
                .get(mail)
                .map_or(&[][..], Vec::as_slice)
        {
            return Ok(*one);
        }
        let office = opens.office.clone();
        let new = NewCustomer {
            name: name.to_owned(),
            policy: Some(policy.name.clone()),
            office: office.filter(|_| !policy.offices.is_empty()),
            ..NewCustomer::default()
        };
        let made = self.named.about(name, batch.desk())?;
        match batch.execute(&Command::AddCustomer(new), context)? {
            Done::Customer(id, _) => {
                self.made += 1;
                self.named.add(made);
                Ok(id)
            }
            _ => Err(Refusal::input(format!("{name} was not made")).into()),
        }
    }

    fn registered(
        &mut self,
        batch: &Batch<'_>,
    ) -> Result<&mut HashMap<String, Vec<CustomerId>>, StoreError> {
        let found = match self.registered.take() {
            Some(found) => found,
            None => {
                let mut found = HashMap::<String, Vec<CustomerId>>::new();
                for customer in batch.desk().customers()? {
                    let mails = customer.contacts.iter().flat_map(|person| &person.mails);
                    for mail in mails {
                        enter(&mut found, mail, customer.id);
                    }
                }
                found
            }
        };
        Ok(self.registered.insert(found))
    }

    /// The person as the customer has them, with what the file knows of them besides.
    fn person(
        &mut self,
        id: CustomerId,
        person: Contact,
        batch: &mut Batch<'_>,
        context: &Context,
    ) -> Result<Contact, StoreError> {
        let customer = batch.desk().customer(id)?;
        let named = customer.person(&person.name);
        let writes = |known: &&Contact| person.mails.iter().any(|mail| has(known, mail));
        let known = named.or_else(|| customer.contacts.iter().find(writes));
        if let Some(known) = known {
            let phones = person
                .phones
                .iter()
                .all(|phone| known.phones.contains(phone));
            let new = phones && person.mails.iter().all(|mail| has(known, mail));
            // Who writes under another name than before is still the one whose address it is.
            if new || named.is_none() {
                return Ok(known.clone());
            }
        }
        let mails = person.mails.clone();
        let command = Command::AddContact(id, person.clone(), Some("import".to_owned()));
        batch.execute(&command, context)?;
        let registered = self.registered(batch)?;
        mails.iter().for_each(|mail| enter(registered, mail, id));
        let customer = batch.desk().customer(id)?;
        Ok(customer.person(&person.name).cloned().unwrap_or(person))
    }
}

fn has(person: &Contact, mail: &str) -> bool {
    let mut mails = person.mails.iter();
    mails.any(|known| known.to_lowercase() == mail.to_lowercase())
}

fn enter(registered: &mut HashMap<String, Vec<CustomerId>>, mail: &str, id: CustomerId) {
    let whose = registered.entry(mail.to_lowercase()).or_default();
    if !whose.contains(&id) {
        whose.push(id);
    }
}

impl Opens {
    /// Who a line came from, as far as it says so.
    fn person(&self, fields: &StringRecord) -> Option<Contact> {
        let text = |template: &Option<super::template::Template>| {
            let text = template.as_ref().and_then(|one| one.text(fields));
            text.unwrap_or_default()
        };
        let (mut name, within) = parted(&text(&self.contact));
        let mails = text(&self.mails);
        let written = mails.split([';', ',']).map(|one| parted(one).1);
        let mut mails: Vec<String> = within.into_iter().collect();
        mails.extend(written.flatten());
        mails.dedup_by(|one, other| one.to_lowercase() == other.to_lowercase());
        let phones = text(&self.phones);
        let phones = phones
            .split(';')
            .map(str::trim)
            .filter(|one| !one.is_empty());
        let phones: Vec<String> = phones.map(str::to_owned).collect();
        if name.is_empty() {
            name = mails.first().or(phones.first())?.clone();
        }
        Some(Contact {
            name,
            phones,
            mails,
            ..Contact::default()
        })
    }
}

/// The name and the address of `Ada Moss <ada@example.com>`, either of which may be wanting; of several such the first's.
fn parted(text: &str) -> (String, Option<String>) {
    let first = text.split(',').next().filter(|first| first.contains('@'));
    let text = first.unwrap_or(text).trim();
    let bare = |name: &str| {
        let name = name.trim();
        let quoted = name.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        // Marks around a part of a name are the name's own.
        let whole = quoted.filter(|inner| !inner.contains('"'));
        whole.unwrap_or(name).trim().to_owned()
    };
    match text.split_once('<') {
        Some((name, rest)) if rest.contains('@') => {
            let address = rest.split('>').next().unwrap_or_default().trim();
            (
                bare(name),
                Some(address.to_owned()).filter(|it| !it.is_empty()),
            )
        }
        Some(_) => (bare(text), None),
        None if text.contains('@') && !text.contains(char::is_whitespace) => {
            (String::new(), Some(text.to_owned()))
        }
        None => (bare(text), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Ada Moss <ada@example.com>", "Ada Moss", Some("ada@example.com"))]
    #[case(
        "\"Moss, Ada\" <ada@example.com> (ada)",
        "Moss, Ada",
        Some("ada@example.com")
    )]
    #[case("ada@example.com", "", Some("ada@example.com"))]
    #[case("ada@example.com, Kim <kim@example.com>", "", Some("ada@example.com"))]
    #[case("Moss, Ada", "Moss, Ada", None)]
    #[case("Ada Moss", "Ada Moss", None)]
    #[case("Hotel \"Zur Post\"", "Hotel \"Zur Post\"", None)]
    #[case("\"Zur Post\" and \"Sun\"", "\"Zur Post\" and \"Sun\"", None)]
    #[case("Shop <New>", "Shop <New>", None)]
    #[case(" ", "", None)]
    fn a_person_is_a_name_and_an_address(
        #[case] text: &str,
        #[case] name: &str,
        #[case] address: Option<&str>,
    ) {
        assert_eq!(parted(text), (name.to_owned(), address.map(str::to_owned)));
    }
}
