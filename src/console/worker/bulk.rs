//! The same step on several incidents, in one transaction.

use super::Worker;
use crate::console::bulk::{self, Change, Item, Outcome};
use crate::console::request::{Answer, Tag};
use crate::console::wording::at_the_keys;
use crate::incident::{Refusal, on_clock};
use crate::store::{Batch, StoreError};

impl Worker {
    /// Does it, or only tries. What a rule refuses is told; what the file refuses ends all of it.
    pub(super) fn bulk(&mut self, what: &'static str, items: &[Item], keep: bool) -> Answer {
        match self.outcomes(items, keep) {
            Ok(outcomes) => Answer::Bulk {
                what,
                outcomes,
                kept: keep,
            },
            Err((first, error)) => Answer::Refused {
                tag: Tag::Step(first, what),
                reason: error.to_string(),
                now: None,
            },
        }
    }

    fn outcomes(
        &mut self,
        items: &[Item],
        keep: bool,
    ) -> Result<Vec<Outcome>, (crate::incident::TechRef, StoreError)> {
        let (now, zone) = (self.clock().now(), self.start.zone);
        let context = self.context(None, None);
        let Some(first) = items.first().map(|item| item.number) else {
            return Ok(Vec::new());
        };
        let Some(desk) = &mut self.desk else {
            return Err((first, StoreError::Missing(self.start.desk.clone())));
        };
        let one = |batch: &mut Batch<'_>, item: &Item| {
            let (before, customer) = batch.desk().incident(item.number, now)?;
            let mut context = context.clone();
            context.if_revision = item.if_revision;
            let own = bulk::with_its_own(&item.command, &before, &customer);
            let own = own.map_err(|why| StoreError::from(Refusal::rule(why)));
            let result = match own.and_then(|command| batch.execute(&command, &context)) {
                Ok(_) => {
                    let (after, _) = batch.desk().incident(item.number, now)?;
                    Ok(Change::between(&before, &after, now, zone))
                }
                Err(error @ (StoreError::Refused(_) | StoreError::Changed { .. })) => {
                    Err(on_clock(&at_the_keys(&error.to_string()), zone))
                }
                Err(error) => return Err(error),
            };
            Ok(Outcome {
                item: Item {
                    if_revision: Some(before.revision),
                    ..item.clone()
                },
                customer: customer.name,
                result,
            })
        };
        let all = |batch: &mut Batch<'_>| items.iter().map(|item| one(batch, item)).collect();
        let outcomes = match keep {
            true => desk.batch(all),
            false => desk.rehearse(all),
        };
        outcomes.map_err(|error| (first, error))
    }
}
