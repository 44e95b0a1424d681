//! What a customer buys in advance or is granted: how much of it, and for how much.

use super::money::taken_method;
use chrono::NaiveDate;

use super::text::{checked, optional};
use crate::incident::command::{EntitlementEnd, NewEntitlement};
use crate::incident::people::Entitlement;
use crate::incident::refusal::Refusal;
use crate::policy::{Cover, Currency, EntitlementKind, Money, Policy};

/// What an entitlement to be added comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// Incidents, seconds of prepaid hours, or 0 for a contract.
    pub amount: i64,
    /// What was paid for it: the price of the day.
    pub price: Option<Money>,
    /// The order or payment that it came by.
    pub reference: Option<String>,
}

/// Decides what an entitlement to be added comes to under the newest version of its customer's policy.
///
/// # Errors
/// A [`Refusal`] when the policy does not sell that, or not so.
pub fn decide_entitlement(new: &NewEntitlement, policy: &Policy) -> Result<Granted, Refusal> {
    let cover = policy.cover.as_ref();
    let Some(cover) = cover.filter(|cover| cover.kinds.contains(&new.kind)) else {
        let name = &policy.name;
        return Err(Refusal::rule(format!(
            "that kind of entitlement does not count under policy {name}"
        )));
    };
    if let (Some(from), Some(to)) = (new.from, new.to)
        && to < from
    {
        return Err(Refusal::input(format!(
            "the last day, {to}, is before the first, {from}: give a later last day"
        )));
    }
    let amount = amount(new, cover)?;
    let price = price(new, cover, amount)?;
    if let Some(method) = &new.method {
        taken_method(policy, method)?;
    }
    let reference = optional("reference", new.reference.as_deref())?;
    Ok(Granted {
        amount,
        price,
        reference,
    })
}

/// How an entitlement ends, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its last day.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
    /// What is given back.
    pub refunded: Option<Money>,
}

/// Decides whether and how an entitlement ends. It only ever ends earlier than it would: what is to last longer is bought
/// anew. What was paid is given back as a whole, and only while nothing of it pays for anything: what was used is refunded
/// with its incident, by the policy's causes.
///
/// # Errors
/// A [`Refusal`] when it ends by then anyway, no reason is given, or nothing can be given back.
pub fn decide_ending(owned: &Entitlement, end: &EntitlementEnd) -> Result<Ended, Refusal> {
    let id = owned.id.0;
    let until = match end.refund {
        true => end.day.pred_opt().unwrap_or(end.day),
        false => end.day,
    };
    if let Some(ends) = owned.to.filter(|ends| *ends <= until) {
        return Err(Refusal::rule(format!(
            "entitlement {id} ends on {ends} anyway: give an earlier day, or add another one"
        )));
    }
    let refunded = match (end.refund, owned.price) {
        (false, _) => None,
        (true, None) => {
            return Err(Refusal::rule(format!(
                "nothing was paid for entitlement {id}: let it end without a refund (without --refund)"
            )));
        }
        (true, Some(_)) if owned.taken != 0 => {
            return Err(Refusal::rule(format!(
                "entitlement {id} pays for incidents already: give back what those cost (`holdline refund REF`), and let the \
                 rest end without a refund (without --refund)"
            )));
        }
        (true, paid) => paid,
    };
    Ok(Ended {
        until,
        reason: checked("reason", &end.reason)?,
        refunded,
    })
}

/// An amount that was paid, as typed: in the currency of the policy's prices where none is written.
///
/// # Errors
/// A [`Refusal`] when it is none.
pub fn read_paid(text: &str, policy: &Policy) -> Result<Money, Refusal> {
    let text = text.trim();
    let of_cover = |cover: &Cover| {
        let of_pack = cover.pack.as_ref().map(|pack| pack.price);
        let of_hours = cover.hours.as_ref().map(|hours| hours.rate);
        cover.price.or(of_pack).or(of_hours)
    };
    let price = policy.cover.as_ref().and_then(of_cover);
    let currency: Option<Currency> = price.map(|price| price.currency);
    let read = match currency.filter(|_| !text.contains(' ')) {
        Some(currency) => Money::parse(text, currency),
        None => text.parse(),
    };
    read.map_err(|error| Refusal::input(error.to_string()))
}

fn amount(new: &NewEntitlement, cover: &Cover) -> Result<i64, Refusal> {
    let pack = cover.pack.as_ref();
    let size = pack.map(|pack| pack.size);
    Ok(match new.kind {
        EntitlementKind::Contract | EntitlementKind::Emergency => 0,
        EntitlementKind::PerIncident => i64::from(new.count.unwrap_or(1)),
        EntitlementKind::Pack => match (new.count.or(size).unwrap_or(1), pack) {
            (count, Some(pack)) if count > pack.size => {
                let (title, size) = (&pack.title, pack.size);
                return Err(Refusal::rule(format!(
                    "{title}: one covers up to {size}, not {count}: add more than one"
                )));
            }
            (count, _) => i64::from(count),
        },
        EntitlementKind::Hours => new
            .seconds
            .filter(|seconds| *seconds > 0)
            .ok_or_else(|| Refusal::input("prepaid hours need their length: give it, like 4h"))?,
    })
}

/// The price of the day where the policy names one for so much of it; none where it names none, or cannot be had so.
pub fn price_of_the_day(new: &NewEntitlement, policy: &Policy) -> Option<Money> {
    let cover = policy.cover.as_ref()?;
    named(new, cover, amount(new, cover).ok()?)
}

fn named(new: &NewEntitlement, cover: &Cover, amount: i64) -> Option<Money> {
    let whole_pack = |size: u32| i64::from(size) == amount;
    match new.kind {
        EntitlementKind::PerIncident => cover.price.map(|price| Money {
            minor: price.minor.saturating_mul(amount),
            ..price
        }),
        EntitlementKind::Pack => cover
            .pack
            .as_ref()
            .filter(|pack| whole_pack(pack.size))
            .map(|pack| pack.price),
        EntitlementKind::Hours => cover
            .hours
            .as_ref()
            .map(|hours| hours.rate.for_seconds(amount)),
        EntitlementKind::Contract | EntitlementKind::Emergency => None,
    }
}

/// The price of the day where the policy names one for so much of it, else what was paid as the agent says.
fn price(new: &NewEntitlement, cover: &Cover, amount: i64) -> Result<Option<Money>, Refusal> {
    match (named(new, cover, amount), new.price) {
        (Some(named), Some(paid)) if paid != named => Err(Refusal::rule(format!(
            "it costs {named} today, not {paid}: check the payment's amount"
        ))),
        (None, None) if new.kind == EntitlementKind::Pack => Err(Refusal::input(format!(
            "the policy names no price for {amount} of a pack: give what was paid for it"
        ))),
        (named, paid) => Ok(named.or(paid)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::CustomerId;
    use crate::policy::{example_settings, parse, shipped};
    use rstest::rstest;

    fn policy(name: &str) -> Policy {
        let text = shipped(name).unwrap();
        parse(text, &example_settings(text).unwrap()).unwrap()
    }

    fn new(kind: EntitlementKind) -> NewEntitlement {
        NewEntitlement {
            customer: CustomerId(1),
            kind,
            from: None,
            to: None,
            count: None,
            seconds: None,
            method: None,
            reference: None,
            price: None,
        }
    }

    #[rstest]
    #[case(
        "per-incident",
        EntitlementKind::PerIncident,
        None,
        "online",
        1,
        Some("139.00 USD")
    )]
    #[case(
        "per-incident",
        EntitlementKind::PerIncident,
        Some(3),
        "online",
        3,
        Some("417.00 USD")
    )]
    #[case(
        "season-ticket",
        EntitlementKind::Pack,
        None,
        "cash",
        10,
        Some("450.00 GBP")
    )]
    fn the_price_is_that_of_the_day(
        #[case] name: &str,
        #[case] kind: EntitlementKind,
        #[case] count: Option<u32>,
        #[case] method: &str,
        #[case] amount: i64,
        #[case] price: Option<&str>,
    ) {
        let bought = NewEntitlement {
            count,
            method: Some(method.to_owned()),
            ..new(kind)
        };
        let granted = decide_entitlement(&bought, &policy(name)).unwrap();
        let price = price.map(|price| price.parse().unwrap());
        assert_eq!((granted.amount, granted.price), (amount, price));
    }

    #[test]
    fn hours_cost_their_rate() {
        let hours = NewEntitlement {
            seconds: Some(5_400),
            method: Some("visa".to_owned()),
            ..new(EntitlementKind::Hours)
        };
        let granted = decide_entitlement(&hours, &policy("tech-reference")).unwrap();
        assert_eq!(granted.price.unwrap().to_string(), "142.50 USD");
    }

    #[rstest]
    #[case::another_kind(
        "per-incident",
        EntitlementKind::Pack,
        "online",
        None,
        None,
        "does not count"
    )]
    #[case::another_method(
        "season-ticket",
        EntitlementKind::Pack,
        "cheque",
        None,
        None,
        "only cash"
    )]
    #[case::another_price(
        "season-ticket",
        EntitlementKind::Pack,
        "cash",
        Some("449.99 GBP"),
        None,
        "450.00 GBP today, not 449.99 GBP"
    )]
    #[case::part_of_a_pack_without_its_price(
        "season-ticket",
        EntitlementKind::Pack,
        "cash",
        None,
        Some(4),
        "give what was paid for it"
    )]
    #[case::more_than_a_pack(
        "season-ticket",
        EntitlementKind::Pack,
        "cash",
        None,
        Some(11),
        "up to 10, not 11"
    )]
    #[case::no_length(
        "tech-reference",
        EntitlementKind::Hours,
        "visa",
        None,
        None,
        "give it, like 4h"
    )]
    #[case::free(
        "escalation",
        EntitlementKind::Contract,
        "cash",
        None,
        None,
        "takes no payments"
    )]
    fn what_is_not_sold_so_is_refused(
        #[case] name: &str,
        #[case] kind: EntitlementKind,
        #[case] method: &str,
        #[case] price: Option<&str>,
        #[case] count: Option<u32>,
        #[case] words: &str,
    ) {
        let bought = NewEntitlement {
            method: Some(method.to_owned()),
            count,
            price: price.map(|price| price.parse().unwrap()),
            ..new(kind)
        };
        let refused = decide_entitlement(&bought, &policy(name)).unwrap_err();
        assert!(refused.message.contains(words), "{refused}");
    }

    #[rstest]
    #[case(None, "2026-11-30", "not renewed", None)]
    #[case(Some("2026-12-31"), "2026-11-30", "not renewed", None)]
    #[case(
        Some("2026-11-30"),
        "2026-11-30",
        "not renewed",
        Some("ends on 2026-11-30 anyway")
    )]
    #[case(
        Some("2026-11-01"),
        "2026-11-30",
        "not renewed",
        Some("add another one")
    )]
    #[case(None, "2026-11-30", "  ", Some("the reason is empty"))]
    fn an_entitlement_only_ever_ends_earlier_and_with_a_reason(
        #[case] to: Option<&str>,
        #[case] day: &str,
        #[case] reason: &str,
        #[case] refused: Option<&str>,
    ) {
        let owned = Entitlement {
            id: crate::incident::EntitlementId(1),
            kind: EntitlementKind::Contract,
            from: None,
            to: to.map(|to| to.parse().unwrap()),
            granted: 0,
            taken: 0,
            added_at: "2026-01-01T00:00:00Z".parse().unwrap(),
            price: None,
            reference: None,
        };
        let end = EntitlementEnd {
            day: day.parse().unwrap(),
            reason: reason.to_owned(),
            refund: false,
        };
        match (decide_ending(&owned, &end), refused) {
            (Ok(kept), None) => assert_eq!((kept.reason, kept.until), (end.reason, end.day)),
            (Err(refusal), Some(words)) => {
                assert!(refusal.message.contains(words), "{}", refusal.message);
            }
            (other, _) => panic!("{other:?}"),
        }
    }

    #[rstest]
    #[case(Some("450.00 GBP"), 0, Ok("450.00 GBP"))]
    #[case(Some("450.00 GBP"), 1, Err("pays for incidents already"))]
    #[case(None, 0, Err("nothing was paid"))]
    fn what_pays_for_nothing_yet_is_given_back_as_a_whole(
        #[case] price: Option<&str>,
        #[case] taken: i64,
        #[case] is: Result<&str, &str>,
    ) {
        let owned = Entitlement {
            id: crate::incident::EntitlementId(1),
            kind: EntitlementKind::Pack,
            from: None,
            to: None,
            granted: 10,
            taken,
            added_at: "2026-01-01T00:00:00Z".parse().unwrap(),
            price: price.map(|price| price.parse().unwrap()),
            reference: None,
        };
        let end = EntitlementEnd {
            day: "2026-11-30".parse().unwrap(),
            reason: "Sold to another".to_owned(),
            refund: true,
        };
        match (decide_ending(&owned, &end), is) {
            (Ok(ended), Ok(back)) => {
                assert_eq!(ended.refunded.unwrap().to_string(), back);
                assert_eq!(ended.until.to_string(), "2026-11-29");
            }
            (Err(refusal), Err(words)) => assert!(refusal.message.contains(words), "{refusal}"),
            (other, _) => panic!("{other:?}"),
        }
    }
}
