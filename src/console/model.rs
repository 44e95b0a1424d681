//! The state of the console. Views draw it, `update` changes it; nothing else does either.

use std::rc::Rc;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::actions::{Action, KEYS};
use super::drafts::Drafts;
use super::forms::Form;
use super::keys::{KeyError, Keymap};
use super::request::DeskInfo;
use super::screens::calls::CallsScreen;
use super::screens::customers::Customers;
use super::screens::hours::HoursScreen;
use super::screens::incident::IncidentScreen;
use super::screens::messages::MessagesScreen;
use super::screens::policy::PolicyScreen;
use super::screens::queue::Queue;
use super::screens::reports::ReportsScreen;
use super::screens::screen::Screen;
use super::widgets::message::{Kind, Message};
use super::wording::at_the_keys;
use crate::config::Post;
use crate::incident::{
    Customer, Entitlement, PinCheck, Query, QueryError, Refusal, Scope, Situation, TechRef,
    on_clock,
};
use crate::policy::{Policy, Snippet};
use crate::store::{CallerCard, Dossier, Kin, Listed, Ruling};

/// The state of the console.
pub struct Model {
    /// The agent who sits here.
    pub agent: String,
    /// Who the timeline names for what the agent does.
    pub recorded_agent: String,
    /// The zone that the agent lives in.
    pub zone: Tz,
    /// How messages are sent from here.
    pub post: Post,
    /// The terminal gives a notice of its own where a clock calls.
    pub notifies: bool,
    /// The instant that is drawn.
    pub now: DateTime<Utc>,
    /// When the last key came; a list does not move under the agent's hands.
    pub last_key: DateTime<Utc>,
    /// A key that moves the selection is held down: what stands under the list is drawn once the hand rests.
    pub hurries: bool,
    /// When a letter did nothing, or was dropped because one had just done nothing.
    pub refused_at: Option<DateTime<Utc>>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The desk, once it is open.
    pub desk: Option<DeskInfo>,
    /// What is wrong with the desk's newest backup.
    pub backup_old: Option<String>,
    /// Which screen lies beneath everything else.
    pub screen: Screen,
    /// The queue.
    pub queue: Queue,
    /// The calls.
    pub calls: CallsScreen,
    /// The customers.
    pub customers: Customers,
    /// The messages.
    pub messages: MessagesScreen,
    /// The reports.
    pub reports: ReportsScreen,
    /// The hours.
    pub hours: HoursScreen,
    /// The policies.
    pub policy: PolicyScreen,
    /// The incident that is selected or open, once it was read.
    pub dossier: Option<Box<Dossier>>,
    /// The incidents around it, read before a key selects them.
    pub ahead: super::ahead::Ahead,
    /// The other incidents of a customer, once they were read for a form about the first of the two.
    pub kin: Option<(TechRef, Rc<[Kin]>)>,
    /// The known faults, once they were read for a form that counts an incident to one.
    pub faults: Option<Vec<Listed>>,
    /// What lies over the screen, the topmost last.
    pub layers: Vec<Layer>,
    /// The call that runs, or what is being logged without one.
    pub call: Option<super::call::Call>,
    /// The calls on hold.
    pub held: super::call::Held,
    /// What was typed into forms that were left.
    pub drafts: Drafts,
    /// The agent's own stock phrases.
    pub own_snippets: Vec<Snippet>,
    /// What is alive beside the desk.
    pub alive: super::live::Alive,
    /// Digits of a Tech Reference number typed outside a field.
    pub typed: String,
    /// Digits that are no Tech Reference number, while those are read that they may mean.
    pub misheard: Option<String>,
    /// The incidents of the last step that was taken on several, until another step is taken.
    pub taken_on: Vec<TechRef>,
    /// The incident of the agent's last step here, until another one is taken or that one taken back.
    pub last_step: Option<TechRef>,
    /// The incidents of the call that was recorded last, until another step is taken.
    pub hung_up: Vec<TechRef>,
    /// What was done last, where that was no step of an incident: undoing does not mean it.
    pub done_apart: Option<String>,
    /// An action that waits for its incident to be read.
    pub waiting: Option<(TechRef, Action)>,
    /// What was chosen in the palette of late.
    pub recent: super::palette::Recent,
    /// The themes that there are.
    pub themes: Vec<String>,
    /// The last message.
    pub message: Option<Message>,
    /// The keys.
    pub keys: Rc<Keymap<Model, Action>>,
}

/// Something that lies over the screen.
pub enum Layer {
    /// An incident.
    Incident(IncidentScreen),
    /// The keys of the place beneath.
    Help(Box<super::screens::help::Help>),
    /// What a step would do to each of the marked incidents.
    Bulk(Box<super::bulk::Bulk>),
    /// Every action by its name.
    Palette(Box<super::palette::Palette>),
    /// A form for what is no incident.
    Edit(Box<super::edit::Edit>),
    /// A form for a step.
    Step(Box<super::dialog::Dialog>),
    /// The call: its caller, its incident, its number.
    Call,
    /// The filter of the queue, or what is looked for among the customers.
    Filter(super::filter::FilterLine),
    /// A first start: which desk to make.
    FirstStart(Box<super::first_start::FirstStart>),
    /// A text to read, such as the explanation of a deadline.
    Text(super::screens::reading::Reading),
}

impl Model {
    /// An empty console.
    ///
    /// # Errors
    /// When the table of keys is wrong: a mistake in the program, which a test finds.
    pub fn new(agent: String, zone: Tz, now: DateTime<Utc>) -> Result<Self, KeyError> {
        Ok(Self {
            recorded_agent: agent.clone(),
            agent,
            zone,
            post: Post::default(),
            notifies: false,
            now,
            last_key: now - TimeDelta::hours(1),
            hurries: false,
            refused_at: None,
            size: (0, 0),
            desk: None,
            backup_old: None,
            screen: Screen::default(),
            queue: Queue::default(),
            calls: CallsScreen::default(),
            customers: Customers::default(),
            messages: MessagesScreen::default(),
            reports: ReportsScreen::default(),
            hours: HoursScreen::default(),
            policy: PolicyScreen::default(),
            dossier: None,
            ahead: super::ahead::Ahead::default(),
            kin: None,
            faults: None,
            layers: Vec::new(),
            call: None,
            held: super::call::Held::default(),
            drafts: Drafts::default(),
            own_snippets: Vec::new(),
            alive: super::live::Alive::default(),
            typed: String::new(),
            misheard: None,
            taken_on: Vec::new(),
            last_step: None,
            hung_up: Vec::new(),
            done_apart: None,
            waiting: None,
            recent: super::palette::Recent::default(),
            themes: Vec::new(),
            message: None,
            keys: Rc::new(Keymap::new(KEYS)?),
        })
    }

    /// The incident that keys mean: the one whose form or screen is open or that the call is about, else the selected one.
    pub fn number(&self) -> Option<TechRef> {
        for layer in self.layers.iter().rev() {
            match layer {
                Layer::Step(dialog) => return Some(dialog.number()),
                Layer::Incident(screen) => return Some(screen.number),
                Layer::Call => return self.call.as_ref()?.incident(),
                _ => {}
            }
        }
        match self.screen {
            Screen::Queue => self.queue.selected().map(|row| row.number),
            Screen::Calls => self.calls.number(),
            Screen::Customers => self.customers.incident().map(|row| row.number),
            Screen::Messages => self.messages.number(),
            Screen::Reports | Screen::Hours | Screen::Policy => None,
        }
    }

    /// Whether a step is meant for every incident that is marked.
    pub fn is_bulk(&self) -> bool {
        self.layers.is_empty() && self.screen == Screen::Queue && !self.queue.marked.is_empty()
    }

    /// Whether undoing is meant for every incident of the last step that was taken on several.
    pub fn undoes_bulk(&self) -> bool {
        let queue = self.layers.is_empty() && self.screen == Screen::Queue;
        let one = || {
            self.number()
                .is_some_and(|number| self.taken_on.contains(&number))
        };
        !self.taken_on.is_empty() && (queue || one())
    }

    /// The incident of the agent's last step, where keys mean another one now: taking it back leads there. In a call they
    /// mean the call's.
    pub fn stepped_elsewhere(&self) -> Option<TechRef> {
        let in_call = matches!(self.layers.last(), Some(Layer::Call));
        let last = self.last_step.filter(|_| !in_call && !self.is_bulk());
        last.filter(|last| self.number() != Some(*last))
    }

    /// The query of the queue: its view and filter. While the filter is being typed, as far as what is newest.
    ///
    /// # Errors
    /// When the filter cannot be read; the error names the character.
    pub fn query(&self) -> Result<Query, QueryError> {
        let query = self.queue.query(self.scope())?;
        Ok(match self.layers.last() {
            Some(Layer::Filter(_)) => query.while_typed(),
            _ => query,
        })
    }

    /// The incident that keys mean, once it was read.
    pub fn current(&self) -> Option<&Dossier> {
        self.dossier
            .as_deref()
            .filter(|dossier| Some(dossier.incident.tech_ref) == self.number())
    }

    /// Whether keys mean a mail in quarantine.
    pub fn is_on_mail(&self) -> bool {
        self.screen == Screen::Messages && self.layers.is_empty() && self.messages.mail().is_some()
    }

    /// Whether the other incidents of the customer were read for a form about this one.
    pub fn knows_kin_of(&self, number: TechRef) -> bool {
        self.kin.as_ref().is_some_and(|(of, _)| *of == number)
    }

    /// The form that has the keys.
    pub fn form(&self) -> Option<&Form> {
        match self.layers.last()? {
            Layer::Step(dialog) => Some(&dialog.form),
            Layer::Edit(edit) => Some(&edit.form),
            Layer::Call => self.call.as_ref()?.form(),
            _ => None,
        }
    }

    /// The same, to be written in.
    pub fn form_mut(&mut self) -> Option<&mut Form> {
        match self.layers.last_mut()? {
            Layer::Step(dialog) => Some(&mut dialog.form),
            Layer::Edit(edit) => Some(&mut edit.form),
            Layer::Call => self.call.as_mut()?.form_mut(),
            _ => None,
        }
    }

    /// The policy of the incident that keys mean, else of the caller.
    pub fn policy_here(&self) -> Option<&Policy> {
        let incident = self.current().map(|dossier| &dossier.ruling);
        let caller = || Some(&self.call.as_ref()?.caller()?.ruling);
        Some(&*incident.or_else(caller)?.policy)
    }

    /// What a rule refuses, on the agent's clock.
    pub fn refused(&self, refusal: &Refusal) -> String {
        on_clock(&at_the_keys(&refusal.message), self.zone)
    }

    /// All that a rule may look at besides the incident of `dossier` itself.
    pub fn situation<'a>(&'a self, dossier: &'a Dossier) -> Situation<'a> {
        Situation {
            owing: &dossier.owing,
            ..self.situation_of(&dossier.ruling, &dossier.customer, &dossier.entitlements)
        }
    }

    /// All that a rule may look at for a new incident of the caller on this card.
    pub fn situation_at_intake<'a>(&'a self, caller: &'a CallerCard) -> Situation<'a> {
        self.situation_of(&caller.ruling, &caller.customer, &caller.entitlements)
    }

    fn situation_of<'a>(
        &'a self,
        ruling: &'a Ruling,
        customer: &'a Customer,
        entitlements: &'a [Entitlement],
    ) -> Situation<'a> {
        Situation {
            policy: &ruling.policy,
            policy_version: ruling.version,
            deadlines: &ruling.deadlines,
            newest: self
                .ruling(&ruling.policy.name)
                .map_or(&ruling.policy, |newest| &newest.policy),
            customer,
            entitlements,
            owing: &[],
            pin: PinCheck::NotGiven,
            agents: self.desk.as_ref().map_or(&[], |desk| &desk.agents),
            at: self.now,
            now: self.now,
            agent: &self.recorded_agent,
            quiet: false,
        }
    }

    /// What relative words of a query stand for.
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            now: self.now,
            me: &self.agent,
            zone: self.zone,
            words: self.desk.as_ref().map(|desk| &desk.words),
        }
    }

    /// The newest version of a policy of the desk.
    pub fn ruling(&self, policy: &str) -> Option<&Arc<Ruling>> {
        self.desk
            .as_ref()?
            .rulings
            .iter()
            .find(|ruling| ruling.policy.name == policy)
    }

    /// Says something in the message line.
    pub fn say(&mut self, kind: Kind, text: impl Into<String>) {
        let text = text.into();
        let text = match kind {
            Kind::Warning | Kind::Error => at_the_keys(&text).into_owned(),
            Kind::Info | Kind::Done => text,
        };
        self.message = Some(Message { kind, text });
    }
}
