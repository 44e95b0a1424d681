//! What a customer buys in advance or is granted: how much of it, and for how much.

use super::money::taken_method;
use super::text::optional;
use crate::incident::command::NewEntitlement;
use crate::incident::refusal::Refusal;
use crate::policy::{Cover, EntitlementKind, Money, Policy};

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
            "the last day, {to}, is before the first, {from}: give a later --to"
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
        EntitlementKind::Hours => new.seconds.filter(|seconds| *seconds > 0).ok_or_else(|| {
            Refusal::input("prepaid hours need their length: give --time, like 4h")
        })?,
    })
}

/// The price of the day where the policy names one for so much of it, else what was paid as the agent says.
fn price(new: &NewEntitlement, cover: &Cover, amount: i64) -> Result<Option<Money>, Refusal> {
    let whole_pack = |size: u32| i64::from(size) == amount;
    let named = match new.kind {
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
    };
    match (named, new.price) {
        (Some(named), Some(paid)) if paid != named => Err(Refusal::rule(format!(
            "it costs {named} today, not {paid}: check the payment's amount"
        ))),
        (None, None) if new.kind == EntitlementKind::Pack => Err(Refusal::input(format!(
            "the policy names no price for {amount} of a pack: give what was paid with --price"
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
        "give what was paid with --price"
    )]
    #[case::more_than_a_pack(
        "season-ticket",
        EntitlementKind::Pack,
        "cash",
        None,
        Some(11),
        "up to 10, not 11"
    )]
    #[case::no_length("tech-reference", EntitlementKind::Hours, "visa", None, None, "--time")]
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
}
