//! What commands are filled in with.

use chrono::{DateTime, TimeDelta, Utc};
use holdline::incident::{Estimate, Outside};
use holdline::policy::{Channel, Policy};

use super::Walk;

const TEXTS: [&str; 6] = [
    "It stops at row 500",
    "Ask again tomorrow",
    "Zażółć gęślą jaźń 🙂",
    "one\nand another line",
    "'); DROP TABLE timeline; --",
    "\u{202e}backwards\u{1b}[31m",
];

impl Walk {
    /// A text; now and then a blank one.
    pub(super) fn words(&mut self) -> String {
        match self.rng.u8(..100) {
            0 => " \n ".to_owned(),
            _ => self.any(&TEXTS).to_owned(),
        }
    }

    /// A channel, with the reason why it is one that the agreement does not name; now and then that is forgotten.
    pub(super) fn channel(&mut self, policy: &Policy) -> (Channel, Option<String>) {
        let channel = self.any(&[Channel::Phone, Channel::Mail, Channel::Chat, Channel::Other]);
        let outside = !policy.channels.contains(&channel);
        let reason = (outside && self.rng.u8(..100) < 90).then(|| self.words());
        (channel, reason)
    }

    pub(super) fn method(&mut self, policy: &Policy) -> String {
        let methods = policy
            .cover
            .as_ref()
            .map_or(&[][..], |cover| &cover.methods);
        match self.rng.u8(..100) {
            5.. if !methods.is_empty() => methods[self.rng.usize(..methods.len())].clone(),
            _ => "barter".to_owned(),
        }
    }

    pub(super) fn severity(&mut self, policy: &Policy) -> Option<String> {
        let many = policy.severities.len();
        match self.rng.u8(..100) {
            0..3 => Some("mild".to_owned()),
            3..5 => None,
            _ if many == 0 => None,
            _ => Some(policy.severities[self.rng.usize(..many)].name.clone()),
        }
    }

    pub(super) fn outlook(&mut self, policy: &Policy) -> Option<Estimate> {
        let wanted = policy.estimate_required;
        match self.rng.u8(..100) {
            0..10 => None,
            10..40 => Some(Estimate::No(self.words())),
            40..50 => Some(Estimate::By(self.soon())),
            _ => wanted.then(|| Estimate::By(self.soon())),
        }
    }

    /// Mostly said where a contract pays and the question may come.
    pub(super) fn outside(&mut self, contract: bool) -> Option<Outside> {
        match self.rng.u8(..if contract { 6 } else { 60 }) {
            0..2 => Some(Outside::Charge),
            2..4 => Some(Outside::Waive(self.words())),
            _ => None,
        }
    }

    pub(super) fn soon(&mut self) -> DateTime<Utc> {
        self.now + TimeDelta::seconds(self.rng.i64(-3_600..200_000))
    }
}
