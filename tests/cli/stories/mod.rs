//! Stories over several incidents and people: what a shop lives through.

mod faults;
mod hours;
mod ladder;
mod money;
mod together;

use std::process::{Child, Command, Stdio};

use crate::shop::{Ran, Shop};

/// Starts the program for an agent, without waiting for it.
fn start(shop: &Shop, agent: &str, args: &[&str]) -> Child {
    Command::new(shop.command().get_program())
        .args(args)
        .env_clear()
        .envs(shop.environment())
        .env("HOLDLINE_AGENT", agent)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Runs these at the same time, each for an agent of its own, and gives what each of them gave.
fn at_once(shop: &Shop, runs: &[(&str, &[&str])]) -> Vec<Ran> {
    let running: Vec<Child> = runs
        .iter()
        .map(|(agent, args)| start(shop, agent, args))
        .collect();
    running
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().unwrap();
            Ran {
                code: output.status.code().unwrap(),
                stdout: String::from_utf8(output.stdout).unwrap(),
                stderr: String::from_utf8(output.stderr).unwrap(),
            }
        })
        .collect()
}
