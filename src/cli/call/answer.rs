//! `holdline call answer`.

use serde_json::json;

use super::which;
use crate::cli::{Failure, Session};
use crate::store::{Holder, LiveCall};

/// Answers what rings, or takes a call back from hold; the agent's other call goes on hold.
///
/// Without a number: what rings longest, else the agent's only call on hold.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline call answer
  holdline --agent mira call answer 7")]
pub struct Answer {
    /// The number that `ring`, `call start` or `call list` gave.
    #[arg(value_name = "ID")]
    id: Option<i64>,
}

impl Answer {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (desk, mut live) = which::open(session)?;
        let me = session.agent();
        let rings = live.rings(session.now())?;
        let ring = rings
            .into_iter()
            .find(|ring| self.id.is_none_or(|id| id == ring.id));
        let (id, who) = match ring {
            Some(ring) => {
                let rings = desk.who_rings(&ring.number)?;
                let who = rings.in_words();
                let now = which::now(session)?.max(ring.at);
                if !live.answer(&ring, &me, rings.call(), now)? {
                    return Err(which::gone(ring.id));
                }
                (ring.id, who)
            }
            None => {
                let held = |found: &LiveCall| found.call.is_held();
                let found = which::pick(&live, session, self.id, held, "is on hold")?;
                if !found.call.is_held() {
                    return Err(Failure::Rule(format!(
                        "call {} is not on hold: there is nothing to answer",
                        found.id
                    )));
                }
                let at = which::instant(session, &found)?;
                which::change(&mut live, found.id, |found| {
                    if let Some(timer) = &mut found.call.timer {
                        timer.take_back(at);
                    }
                    let stays = matches!(found.holder, Holder::Console(..)) && found.agent == me;
                    if !stays {
                        // Whoever had it, a console of this agent's takes it on.
                        found.holder = Holder::Nobody;
                    }
                    found.agent.clone_from(&me);
                })?;
                (found.id, found.call.in_words().to_owned())
            }
        };
        let held = which::hold_others(session, &mut live, id, session.now())?;
        session.answer(
            &json!({ "call": id, "who": who, "put_on_hold": held }),
            format_args!("call {id} runs: {who}"),
        )
    }
}
