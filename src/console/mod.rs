//! The console: screens, keys and the run loop, as the Elm architecture by hand.
//!
//! [`update`](update::update) takes a [`Msg`], changes the [`Model`] and gives effects;
//! [`view`](view::view) draws the model. Screens never touch the desk: they ask the worker, and it answers.
//!
//! | module | holds | touches |
//! | --- | --- | --- |
//! | [`run`] | the run loop | everything below |
//! | [`model`], [`update`], [`view`], [`actions`] | the state, what changes it, how it looks, what keys do | nothing: pure |
//! | [`screens`] | one file a screen | nothing: pure |
//! | [`call`], [`dialog`], [`filter`], [`first_start`] | the flows: a call, a step of an incident, a filter, a new desk | nothing: pure |
//! | [`palette`], [`hints`] | every action by its name; the keys of flows that have the keys for themselves | nothing: pure |
//! | [`bulk`] | the same step on every incident that is marked | nothing: pure |
//! | [`ahead`] | the incidents that the next key most likely selects, read before it | nothing: pure |
//! | [`alarm`] | a clock of the agent's calls | nothing: pure |
//! | [`settings`] | what the agent chose: keys, theme, views | nothing: pure |
//! | [`edit`], [`who`] | forms for what is no incident: a customer, a person, a message; who sits here | nothing: pure |
//! | [`drafts`], [`snippets`] | what was typed into forms that were left; stock phrases in any field | nothing: pure |
//! | [`live`] | calls kept while they run, taken in from others, offered again after a sudden end | nothing: pure |
//! | [`paper`] | what leaves the console as a file | the file, by the worker |
//! | [`told`], [`gate`] | what is about to be recorded, in words; what is asked before emergency service | nothing: pure |
//! | [`instants`], [`product`], [`routing`] | fields that several forms have: an instant with what was understood of it, a product, routing questions | nothing: pure |
//! | [`worker`], [`request`] | the desk's thread, and what it is asked | the desk |
//! | [`environment`] | what the variables say about the terminal | the environment, once |
//! | [`terminal`] | taking the terminal, drawing on it, giving it back | the terminal |
//! | [`editor`] | the agent's own editor, for a long text | the terminal, a file of its own |
//! | [`input`] | the input thread, torn escape sequences mended, the watch on the line | the terminal |
//! | [`signals`] | the signal thread | signals |
//! | [`farewell`] | every sudden end: restore, last words, exit | the process |
//! | [`keys`] | chords, and the one table that dispatch, footer, `?` and README come from | nothing: pure |
//! | [`theme`], [`symbols`] | styles by meaning, symbols with stand-ins; a [`look::Look`] is both | nothing: pure |
//! | [`widgets`] | table, countdown, bar, large digits, box, message | a buffer |
//! | [`forms`] | fields, what is typed into them, how they look | a buffer |
//!
//! Views take `&self`, a [`look::Look`], an area and a buffer, and give the same for the same. Text from outside goes
//! through [`crate::text`] before it reaches a buffer.

pub mod actions;
pub mod addresses;
pub mod agreed;
pub mod ahead;
pub mod alarm;
pub mod bulk;
pub mod call;
pub mod clipboard;
pub mod clock;
mod counter;
pub mod dialog;
pub mod drafts;
pub mod edit;
pub mod editor;
pub mod environment;
pub mod farewell;
pub mod filter;
pub mod first_start;
pub mod forms;
pub mod gate;
pub mod hints;
pub mod input;
pub mod instants;
pub mod keys;
pub mod live;
pub mod look;
pub mod model;
pub mod mouse;
pub mod msg;
pub mod palette;
pub mod paper;
pub mod product;
pub mod request;
pub mod routing;
pub mod screens;
mod searcher;
pub mod settings;
pub mod shift;
pub mod signals;
pub mod snippets;
pub mod start;
pub mod symbols;
pub mod terminal;
#[cfg(test)]
mod testing;
pub mod theme;
pub mod told;
pub mod update;
pub mod view;
pub mod who;
mod whose;
pub mod widgets;
pub mod wording;
pub mod worker;

use std::io;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use chrono::TimeDelta;

use environment::Environment;
use input::Input;
use look::Look;
use model::Model;
use msg::{Effect, Msg};
use request::{Answer, Request};
pub use start::Start;
use terminal::Screen;
use widgets::message::Kind;

use crate::config::Config;
use crate::hooks::Hooks;
use crate::store::Live;

/// How often a sudden end tries to get at what is not kept yet, a millisecond apart.
const HANDOVERS: u32 = 200;

/// So long a frame waits for what was asked for. Drawn before that, what it is about would be blank first.
const AT_ONCE: Duration = Duration::from_millis(5);

/// What is not kept yet, and by which console.
type Unkept = Arc<Mutex<Option<live::Unkept>>>;

/// Why the console ended other than by its agent.
#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    /// The terminal cannot be used.
    #[error("the terminal cannot be used: {0}")]
    Terminal(#[from] io::Error),
    /// The desk cannot be used.
    #[error("{0}")]
    Desk(String),
}

/// Runs the console until it is left.
///
/// # Errors
/// When the desk or the terminal cannot be used.
pub fn run(start: Start) -> Result<(), ConsoleError> {
    let environment = Environment::read();
    let mut look = Look::suiting(&environment);
    let clock = start.clock;
    let mut model = Model::new(start.agent.clone(), start.zone, clock.now())
        .map_err(|error| ConsoleError::Desk(error.to_string()))?;
    let mistakes = settings::choose(start.config.clone(), &environment, &mut model, &mut look);
    if !mistakes.is_empty() {
        model.say(Kind::Error, mistakes.join("; "));
    }
    let (config, _) = start.config.clone().unwrap_or_default();
    match &start.snippets {
        Ok(own) => model.own_snippets.clone_from(own),
        Err(reason) => model.say(Kind::Error, reason.clone()),
    }
    model.post.clone_from(&start.post);
    let (send, messages) = channel();
    let unkept = Arc::new(Mutex::new(None));
    farewell::set_last_words(last_words(&start, Arc::clone(&unkept)));
    let desk = start.desk.clone();
    let say = {
        let send = send.clone();
        // As long as the console runs there is somebody to tell.
        move |why| drop(send.send(Answer::Aside(why).into()))
    };
    // Dropped after the terminal is given back: what is still to be told then keeps nobody from it.
    let hooks = Hooks::new(config.hooks.clone(), say)?;
    let teller = hooks.as_ref().map(|hooks| hooks.teller(desk));
    let ask = worker::spawn(start, send.clone(), teller)?;
    // The desk is opened while the terminal is taken: the first frame waits for neither.
    let _ = ask.send(Request::Open);
    farewell::install_panic_hook();
    let mut screen = Screen::enter(mouse::is_wanted(&environment), environment.moves_lines())?;
    let size = terminal::size()?;
    model.size = size;
    signals::spawn(send.clone())?;
    let input = input::spawn(send.clone(), environment.stays_here(), |_| false)?;
    let mut outside = Outside {
        screen: &mut screen,
        ask,
        send,
        input,
        environment,
    };
    // The picture is not as the model is; else it is until then.
    let (mut changed, mut until) = (true, Instant::now());
    loop {
        model.now = clock.now();
        let hurried = model.hurries;
        view::settle(&mut model, &look);
        changed |= hurried != model.hurries;
        let behind = outside.screen.is_behind();
        if behind.is_none() && std::mem::take(&mut changed) {
            outside.screen.draw(|area, buf| {
                view::view(&model, &look, area, buf);
                view::cursor(&model, &look, area)
            })?;
            // Nobody waits for what the next key may want.
            for request in ahead::wanted(&mut model) {
                outside.carry_out(Effect::Ask(request))?;
            }
            until = Instant::now() + stays(&model);
        }
        let wait = behind.unwrap_or_else(|| until.saturating_duration_since(Instant::now()));
        let wait = live::wait(&model).map_or(wait, |keep| wait.min(keep));
        let first = match messages.recv_timeout(wait) {
            Ok(msg) => msg,
            Err(RecvTimeoutError::Timeout) => Msg::Tick,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        // All that is pending is taken in before the next frame: a key that is held down never queues up work. What was
        // asked for is mostly there at once, and then shows in the same frame.
        let until = Instant::now() + AT_ONCE;
        let (mut next, mut waiting) = (Some(first), false);
        while let Some(msg) = next {
            model.now = clock.now();
            waiting &= !matches!(msg, Msg::Answer(_));
            changed |= !ahead::is_unseen(&msg);
            if matches!(msg, Msg::Shown) {
                outside.screen.shown();
            }
            for effect in update::update(&mut model, msg) {
                let hand = model.current().map(|dossier| dossier.incident.tech_ref);
                let fills = |effect: &Effect| match effect {
                    Effect::Ask(request) => request.fills_the_frame(hand),
                    _ => false,
                };
                waiting |= fills(&effect) && !model.hurries;
                if let Effect::Theme(name) = &effect {
                    wear(name, &config, &outside.environment, &mut model, &mut look);
                } else if outside.carry_out(effect)? {
                    return Ok(());
                }
            }
            next = match waiting {
                true => messages
                    .recv_timeout(until.saturating_duration_since(Instant::now()))
                    .ok(),
                false => messages.try_recv().ok(),
            };
        }
        *unkept.lock().unwrap_or_else(PoisonError::into_inner) = live::unkept(&model);
    }
}

/// How long the picture stays as it is if nothing happens.
fn stays(model: &Model) -> Duration {
    let next = view::next_change(model).min(TimeDelta::hours(1)).to_std();
    let next = next.unwrap_or(Duration::from_secs(1));
    let rests = (model.last_key + update::HELD - model.now).to_std();
    match rests {
        Ok(rests) if model.hurries => next.min(rests),
        _ => next,
    }
}

/// What a sudden end still does: what was typed last is kept.
fn last_words(start: &Start, unkept: Unkept) -> impl FnOnce() + Send + 'static {
    let (desk, clock) = (start.desk.clone(), start.clock);
    move || {
        // The run loop holds it for no longer than a copy takes, and may be what has just ended.
        let held = (0..HANDOVERS).find_map(|_| match unkept.try_lock() {
            Ok(unkept) => Some(unkept.clone()),
            Err(TryLockError::Poisoned(unkept)) => Some(unkept.into_inner().clone()),
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(Duration::from_millis(1));
                None
            }
        });
        let Some(Some(unkept)) = held else {
            return;
        };
        // There is nobody left to tell what goes wrong now.
        if let Ok(mut live) = Live::open(&desk) {
            for call in &unkept.calls {
                let _ = live.keep(unkept.session, &unkept.agent, call, clock.now());
            }
            if let Some(drafts) = &unkept.drafts {
                let _ = live.keep_drafts(unkept.session, drafts.as_deref());
            }
        }
    }
}

/// Wears another theme until the console is left.
fn wear(
    name: &str,
    config: &Config,
    environment: &Environment,
    model: &mut Model,
    look: &mut Look,
) {
    let theme = config.with_theme(name);
    match theme.and_then(|config| settings::theme(&config, environment)) {
        Ok(theme) => {
            look.theme = theme;
            let kept = format!("theme = \"{name}\" in config.toml keeps it");
            model.say(Kind::Done, format!("theme {name}, until you leave: {kept}"));
        }
        Err(mistake) => model.say(Kind::Error, mistake.to_string()),
    }
}

/// What effects need.
struct Outside<'a> {
    screen: &'a mut Screen,
    ask: Sender<Request>,
    send: Sender<Msg>,
    input: Input,
    environment: Environment,
}

impl Outside<'_> {
    /// Carries an effect out. True when the console ends by it.
    fn carry_out(&mut self, effect: Effect) -> Result<bool, ConsoleError> {
        match effect {
            Effect::Ask(request) => {
                self.ask
                    .send(request)
                    .map_err(|_| ConsoleError::Desk("the desk's thread has ended".to_owned()))?;
            }
            Effect::Copy(text) => clipboard::copy(&text, &self.environment)?,
            Effect::Bell => clipboard::bell()?,
            Effect::Notify(text) => clipboard::notify(&text, &self.environment)?,
            Effect::Redraw => self.screen.redraw(),
            Effect::Suspend => {
                terminal::hear_out();
                self.input.pause();
                let suspended = self.screen.suspend();
                self.input.resume();
                suspended?;
            }
            Effect::Edit(text) => {
                terminal::hear_out();
                self.input.pause();
                self.screen.leave();
                let editor = editor::named(|name| std::env::var(name).ok());
                let edited = editor::edit(&text, &editor);
                let resumed = self.screen.resume();
                self.input.resume();
                resumed?;
                // The run loop, which listens, is the caller.
                let _ = self.send.send(Msg::Edited(edited));
            }
            // The run loop has the look.
            Effect::Theme(_) => {}
            Effect::Quit => return Ok(true),
            Effect::Fail(reason) => return Err(ConsoleError::Desk(reason)),
        }
        Ok(false)
    }
}
