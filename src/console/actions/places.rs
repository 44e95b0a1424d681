//! Where an action belongs: what the keys of a screen are, for `?` and the palette.

use super::Action;
use super::guards::{covered, means_incident};
use crate::console::model::Model;
use crate::console::screens::screen::Screen;

/// Where an action belongs, seen from where one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// To what shows.
    Here,
    /// To the incident that is selected or open.
    Incident,
    /// To every place.
    Everywhere,
    /// To another screen.
    Elsewhere,
}

impl Action {
    /// Where it belongs, seen from where the model is.
    pub fn place(self, model: &Model) -> Place {
        let covered = covered(model);
        let on = |screens: &[Screen]| match !covered && screens.contains(&model.screen) {
            true => Place::Here,
            false => Place::Elsewhere,
        };
        match self {
            Self::Filter => on(&[Screen::Queue, Screen::Customers, Screen::Policy]),
            Self::Mark | Self::MarkAll | Self::Freeze | Self::KeepView => on(&[Screen::Queue]),
            Self::WriteMessage if means_incident(model) => Place::Incident,
            Self::Send | Self::WriteMessage | Self::CopyMessage => on(&[Screen::Messages]),
            Self::Person if crate::console::call::on_card(model).is_some() => Place::Here,
            Self::Person => on(&[Screen::Customers]),
            Self::Conduct if !covered && model.screen == Screen::Customers => Place::Here,
            Self::Add | Self::Remove => on(&[Screen::Customers, Screen::Hours]),
            Self::Slice => on(&[Screen::Reports]),
            Self::View(_) => on(&[
                Screen::Queue,
                Screen::Messages,
                Screen::Reports,
                Screen::Hours,
                Screen::Policy,
            ]),
            Self::Change | Self::Edit if means_incident(model) => Place::Incident,
            Self::Change | Self::Edit => on(&[Screen::Customers, Screen::Messages]),
            Self::Open | Self::Move(_) | Self::Page(_) | Self::First | Self::Last => Place::Here,
            Self::Hold | Self::HangUp | Self::Hand if model.call.is_some() && covered => {
                Place::Here
            }
            Self::RingUp | Self::Copy | Self::Explain | Self::Receipt | Self::Say => {
                of_incident(model)
            }
            step if !step.steps().is_empty() || step == Self::Undo => of_incident(model),
            _ => Place::Everywhere,
        }
    }
}

fn of_incident(model: &Model) -> Place {
    match means_incident(model) || model.number().is_some() {
        true => Place::Incident,
        false => Place::Elsewhere,
    }
}
