//! The PINs of customers: kept as argon2id hashes, never shown; wrong tries are counted and slowed down.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::timeline::{self, Stamp, Subject};
use super::{Batch, Context, Desk, StoreError};
use crate::incident::{CustomerId, EmergencyCall, Pin, PinCheck, Refusal, Step, TechRef, next_try};

/// What one look at a PIN costs: 19 MiB of memory and two passes in one lane, as OWASP's password storage cheat sheet
/// has it for argon2id. A hash keeps the costs that it was made with, so that these may grow.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

const SALT: usize = 16;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(
    clippy::enum_variant_names,
    reason = "the names are the words of the timeline"
)]
enum PinEvent {
    PinSet,
    PinRemoved,
    PinWrong { tries: u32 },
}

/// A PIN as it is kept.
struct Kept {
    hash: String,
    /// Wrong tries since it was last right.
    wrong: u32,
    wrong_at: Option<DateTime<Utc>>,
}

impl Desk {
    /// Whether a customer has a PIN.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_pin(&self, customer: CustomerId) -> Result<bool, StoreError> {
        Ok(kept(&self.connection, customer)?.is_some())
    }
}

impl Batch<'_> {
    /// What the PIN is worth that comes with a step; a wrong one is counted.
    pub(super) fn pin_with(
        &self,
        step: &Step,
        number: TechRef,
        context: &Context,
    ) -> Result<PinCheck, StoreError> {
        match step {
            Step::Emergency { call, .. } => {
                self.pin_of(Some(call), self.newest(number)?.customer, context)
            }
            _ => Ok(PinCheck::NotGiven),
        }
    }

    /// What the PIN is worth that comes with an emergency of `customer`'s; a wrong one is counted.
    pub(super) fn pin_of(
        &self,
        call: Option<&EmergencyCall>,
        customer: CustomerId,
        context: &Context,
    ) -> Result<PinCheck, StoreError> {
        let Some(pin) = call.and_then(|call| call.pin.as_ref()) else {
            return Ok(PinCheck::NotGiven);
        };
        let agent = context.recorded_agent();
        let stamp = Stamp {
            agent: &agent,
            now: context.now,
        };
        check(&self.desk.connection, customer, pin, stamp)
    }
}

/// Sets a customer's PIN, or takes it away.
pub(super) fn set(
    connection: &Connection,
    customer: CustomerId,
    pin: Option<&Pin>,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let before = kept(connection, customer)?;
    let name = super::people::customer(connection, customer)?.name;
    let event = match pin {
        Some(_) => PinEvent::PinSet,
        None if before.is_none() => {
            return Err(
                Refusal::rule(format!("{name} has no PIN: there is none to remove")).into(),
            );
        }
        None => PinEvent::PinRemoved,
    };
    timeline::append(connection, subject(customer), stamp, at, &event)?;
    match pin {
        Some(pin) => connection.execute(
            "INSERT INTO pin (customer, hash, wrong) VALUES (?1, ?2, 0)
             ON CONFLICT (customer) DO UPDATE SET hash = excluded.hash, wrong = 0, wrong_at = NULL",
            params![customer.0, hashed(pin)?],
        )?,
        None => connection.execute("DELETE FROM pin WHERE customer = ?1", [customer.0])?,
    };
    Ok(())
}

/// Looks at a PIN within the write transaction, so that many who try at once cannot try more often than one.
pub(super) fn check(
    connection: &Connection,
    customer: CustomerId,
    pin: &Pin,
    stamp: Stamp<'_>,
) -> Result<PinCheck, StoreError> {
    let Some(kept) = kept(connection, customer)? else {
        return Ok(PinCheck::NotSet);
    };
    let next = kept.wrong_at.map(|last| next_try(kept.wrong, last));
    if let Some(next) = next.filter(|next| stamp.now < *next) {
        return Ok(PinCheck::TooSoon(next));
    }
    if matches(pin, &kept.hash)? {
        if kept.wrong > 0 {
            connection.execute(
                "UPDATE pin SET wrong = 0, wrong_at = NULL WHERE customer = ?1",
                [customer.0],
            )?;
        }
        return Ok(PinCheck::Right);
    }
    let tries = kept.wrong.saturating_add(1);
    let event = PinEvent::PinWrong { tries };
    timeline::append(connection, subject(customer), stamp, stamp.now, &event)?;
    connection.execute(
        "UPDATE pin SET wrong = ?2, wrong_at = ?3 WHERE customer = ?1",
        params![customer.0, tries, stamp.now.timestamp()],
    )?;
    Ok(PinCheck::Wrong(tries))
}

fn subject(customer: CustomerId) -> Subject {
    Subject {
        customer: Some(customer),
        ..Subject::default()
    }
}

fn kept(connection: &Connection, customer: CustomerId) -> Result<Option<Kept>, StoreError> {
    let kept = connection
        .prepare_cached("SELECT hash, wrong, wrong_at FROM pin WHERE customer = ?1")?
        .query_row([customer.0], |row| {
            Ok(Kept {
                hash: row.get(0)?,
                wrong: row.get(1)?,
                wrong_at: row.get::<_, Option<i64>>(2)?.map(timeline::instant),
            })
        })
        .optional()?;
    Ok(kept)
}

fn hashed(pin: &Pin) -> Result<String, StoreError> {
    let mut salt = [0; SALT];
    getrandom::fill(&mut salt).map_err(unhashed)?;
    let costs = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(unhashed)?;
    let argon2id = Argon2::new(Algorithm::Argon2id, Version::V0x13, costs);
    let hash = argon2id
        .hash_password_with_salt(pin.digits().as_bytes(), &salt)
        .map_err(unhashed)?;
    Ok(hash.to_string())
}

/// Whether a PIN is the one that was hashed, by the costs that the hash names.
fn matches(pin: &Pin, hash: &str) -> Result<bool, StoreError> {
    match Argon2::default().verify_password(pin.digits().as_bytes(), hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(StoreError::Damaged(format!(
            "a kept PIN cannot be read ({error})"
        ))),
    }
}

fn unhashed(error: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged(format!("a PIN cannot be hashed ({error})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_salted_and_names_its_costs() {
        let pin = Pin::new("271828").unwrap();
        let (one, two) = (hashed(&pin).unwrap(), hashed(&pin).unwrap());
        assert_ne!(one, two);
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert!(matches(&pin, &one).unwrap());
        assert!(!matches(&Pin::new("271829").unwrap(), &one).unwrap());
        let cheap = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0$";
        assert!(matches(&pin, cheap).is_err(), "half a hash is none");
    }
}
