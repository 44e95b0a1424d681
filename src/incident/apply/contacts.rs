//! Words that went to and fro, folded into state: who was heard, answered, waited for.

use chrono::{DateTime, Utc};

use crate::incident::clock::ClockKind;
use crate::incident::event::{Contacted, TimeTaken, Way};
use crate::incident::state::{Incident, Resolution, State};
use crate::policy::Channel;

impl Incident {
    /// The time of calls goes back to where it was taken from.
    pub(super) fn time_given_back(&mut self, taken: &[TimeTaken]) {
        for back in taken {
            // Two calls may have taken the same: each goes back once.
            let place = self.time_taken.iter().rposition(|time| time == back);
            if let Some(place) = place {
                self.time_taken.remove(place);
            }
        }
    }

    pub(super) fn contacted(&mut self, contacted: &Contacted, at: DateTime<Utc>) {
        self.call_seconds += contacted.seconds;
        if contacted.contact.is_some() {
            self.contact.clone_from(&contacted.contact);
        }
        if contacted.way == Way::Attempt {
            return;
        }
        self.touched(at);
        if contacted.channel == Channel::Phone {
            self.last_call_at = self.last_call_at.max(Some(at));
            self.called_with(contacted.with.as_deref(), at);
        }
        match contacted.way {
            Way::In => {
                self.forks.heard(at);
                if !self.state.is_open() {
                    self.answered_after.get_or_insert(at);
                }
                self.back_to_work(at);
            }
            _ if self.state.is_workable() => self.responded(at),
            _ => self.answered_after = None,
        }
    }

    /// Keeps the newest call with a role of the ladder.
    pub(super) fn called_with(&mut self, role: Option<&str>, at: DateTime<Utc>) {
        if let Some(role) = role {
            let newest = self.calls_with.entry(role.to_owned()).or_insert(at);
            *newest = at.max(*newest);
        }
    }

    /// Keeps a manual page that an answer cites.
    pub(super) fn cites(&mut self, page: Option<&str>) {
        if let Some(page) = page
            && !self.manual_pages.iter().any(|known| known == page)
        {
            self.manual_pages.push(page.to_owned());
        }
    }

    /// Ends the waiting, if it waits by then.
    pub(super) fn back_to_work(&mut self, at: DateTime<Utc>) {
        if self.waiting_since.is_some() && !self.waits_at(at) {
            return;
        }
        if let Some(since) = self.waiting_since.take() {
            self.waited += (at - since).num_seconds();
        }
        if self.state == State::Waiting {
            self.state = State::Open;
        }
    }

    /// Takes a resolution by silence back: the incident waits again, and its clocks go on as they were.
    pub(super) fn wait_again(&mut self) {
        let Some(ended_at) = self.resolution.take().map(|resolution| resolution.at) else {
            return;
        };
        self.state = State::Waiting;
        for clock in &mut self.clocks {
            if clock.stopped.is_some_and(|stopped| stopped.at == ended_at) {
                clock.stopped = None;
                if clock.kind == ClockKind::Silence {
                    self.waiting_since = Some(clock.started_at);
                    self.waited -= (ended_at - clock.started_at).num_seconds();
                }
            }
        }
    }

    /// An end is also a response.
    pub(super) fn ended(&mut self, state: State, resolution: Resolution, at: DateTime<Utc>) {
        self.responded(at);
        self.back_to_work(at);
        self.state = state;
        self.resolution = Some(resolution);
    }

    pub(super) fn responded(&mut self, at: DateTime<Utc>) {
        self.first_response_at = Some(self.first_response_at.map_or(at, |first| first.min(at)));
        self.last_response_at = self.last_response_at.max(Some(at));
        self.answered_after = None;
        self.forks.answered(at);
    }

    pub(super) fn touched(&mut self, at: DateTime<Utc>) {
        self.last_contact_at = self.last_contact_at.max(at);
    }
}
