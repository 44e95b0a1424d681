//! Questions that the rest of the program asks of a policy.

use super::model::{
    Cause, Clause, Level, Moment, Named, Occasion, Office, Outcome, Policy, Severity, Template,
};
use super::money::Money;
use super::nearest;
use crate::calendar::{CalendarError, CalendarSpec, Target};

/// Why a policy cannot say what its terms are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// The hours differ by office, and none was named.
    #[error("the hours differ by office; name one of {0}")]
    OfficeNeeded(String),
    /// There is no such office.
    #[error("\"{name}\" is no office of this policy; {remedy}")]
    UnknownOffice {
        /// What was named.
        name: String,
        /// The nearest one, or all that there are.
        remedy: String,
    },
    /// The target differs by severity, and none was named.
    #[error("the target differs by severity; name one of {0}")]
    SeverityNeeded(String),
    /// There is no such severity.
    #[error("\"{name}\" is no severity of this policy; {remedy}")]
    UnknownSeverity {
        /// What was named.
        name: String,
        /// The nearest one, or all that there are.
        remedy: String,
    },
    /// A target needs opening hours or a zone, and the policy has none.
    #[error("the target needs opening hours, and the policy has none; add a calendar to it")]
    NoCalendar,
    /// The calendar cannot be built, or cannot answer.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

impl Policy {
    /// The severity of that name.
    pub fn severity(&self, name: &str) -> Option<&Severity> {
        self.severities
            .iter()
            .find(|severity| severity.name == name)
    }

    /// The outcome of that name, whether agents may choose it or not.
    pub fn outcome(&self, name: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.name == name)
    }

    /// The outcomes that agents may choose: all but the one that the customer's silence ends in.
    pub fn chosen_outcomes(&self) -> impl Iterator<Item = &Outcome> {
        let silent = self
            .silence
            .as_ref()
            .map(|silence| silence.outcome.as_str());
        self.outcomes
            .iter()
            .filter(move |outcome| Some(outcome.name.as_str()) != silent)
    }

    /// The cause of that name.
    pub fn cause(&self, name: &str) -> Option<&Cause> {
        self.causes.iter().find(|cause| cause.name == name)
    }

    /// The ground for an escalation of that name.
    pub fn ground(&self, name: &str) -> Option<&Named> {
        self.grounds.iter().find(|ground| ground.name == name)
    }

    /// Level `n` of the escalation ladder, counted from one.
    pub fn level(&self, n: u8) -> Option<&Level> {
        self.levels.get(usize::from(n).checked_sub(1)?)
    }

    /// What is written on an occasion; nothing where the shop writes nothing then.
    pub fn template(&self, at: Occasion) -> Option<&Template> {
        self.messages.iter().find(|template| template.at == at)
    }

    /// The roles of the ladder by a call with whom one may escalate (P4-18).
    pub fn spoken_roles(&self) -> impl Iterator<Item = &str> {
        let serving = self.levels.iter().filter(|level| level.call_serves);
        serving.map(|level| level.role.as_str())
    }

    /// The office of that name.
    pub fn office(&self, name: &str) -> Option<&Office> {
        self.offices.iter().find(|office| office.name == name)
    }

    /// The emergency numbers with the titles of their offices: that of `office`, or of all where it is none of them.
    pub fn emergency_numbers(&self, office: Option<&str>) -> impl Iterator<Item = (&str, &str)> {
        let own = office.and_then(|name| self.office(name));
        self.offices
            .iter()
            .filter(move |known| own.is_none_or(|own| own.name == known.name))
            .filter_map(|known| Some((known.title.as_str(), known.emergency_phone.as_deref()?)))
    }

    /// The words of the channels that the agreement covers.
    pub fn channel_words(&self) -> Vec<&'static str> {
        self.channels.iter().map(|channel| channel.word()).collect()
    }

    /// Whether a product's incidents come first among equals; upper and lower case count as the same.
    pub fn expedited(&self, product: &str) -> bool {
        let asked = product.to_lowercase();
        self.products
            .iter()
            .any(|known| known.expedite && known.name.to_lowercase() == asked)
    }

    /// The clauses that an agent needs at a moment, in the policy's order.
    pub fn clauses_at(&self, moment: Moment) -> impl Iterator<Item = &Clause> {
        self.clauses
            .iter()
            .filter(move |clause| clause.at.contains(&moment))
    }

    /// The price of one incident, where single ones are sold.
    pub fn price(&self) -> Option<Money> {
        self.cover.as_ref().and_then(|cover| cover.price)
    }

    /// The opening hours of `office`; none where the policy states none.
    ///
    /// A policy without offices has the same hours for every customer, so that an office named there does not matter.
    ///
    /// # Errors
    /// A policy with offices, when none is named or it has no such one.
    pub fn calendar_spec(&self, office: Option<&str>) -> Result<Option<&CalendarSpec>, TermError> {
        Ok(match self.office_index(office)? {
            Some(index) => self.offices.get(index).map(|office| &office.calendar),
            None => self.calendar.as_ref(),
        })
    }

    /// Where `office` stands among the offices; none in a policy without offices.
    pub(super) fn office_index(&self, office: Option<&str>) -> Result<Option<usize>, TermError> {
        let names = || self.offices.iter().map(|office| office.name.as_str());
        if self.offices.is_empty() {
            return Ok(None);
        }
        let name = office.ok_or_else(|| TermError::OfficeNeeded(listed(names())))?;
        let index = names().position(|known| known == name);
        index.map(Some).ok_or_else(|| TermError::UnknownOffice {
            name: name.to_owned(),
            remedy: nearest::remedy(name, names()),
        })
    }

    /// The response target at a severity: its own, else the one for all; none where the policy states none.
    ///
    /// # Errors
    /// An unknown severity; none named where each has its own target.
    pub fn response_target(&self, severity: Option<&str>) -> Result<Option<&Target>, TermError> {
        let names = || {
            self.severities
                .iter()
                .map(|severity| severity.name.as_str())
        };
        let named = severity
            .map(|name| {
                self.severity(name)
                    .ok_or_else(|| TermError::UnknownSeverity {
                        name: name.to_owned(),
                        remedy: nearest::remedy(name, names()),
                    })
            })
            .transpose()?;
        let Some(response) = &self.response else {
            return Ok(None);
        };
        if named.is_none()
            && self
                .severities
                .iter()
                .any(|severity| severity.target.is_some())
        {
            return Err(TermError::SeverityNeeded(listed(names())));
        }
        let own = named.and_then(|severity| severity.target.as_ref());
        Ok(own.or(response.target.as_ref()))
    }
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
