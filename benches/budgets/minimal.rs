//! The floor for a program of ratatui: a hundred rows, a cursor, and a clock that ticks.

use std::io;
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEventKind};
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, List, ListState, Paragraph};

/// Runs it, until `q`.
pub(crate) fn run() -> io::Result<()> {
    let mut terminal = ratatui::init();
    let rows: Vec<String> = (10_001..10_101)
        .map(|row| format!("{row:>6}  an incident with a summary of a usual length, number {row}"))
        .collect();
    let mut state = ListState::default().with_selected(Some(0));
    let (start, mut ticks) = (Instant::now(), 0);
    loop {
        terminal.draw(|frame| {
            let rows_of = [Constraint::Length(1), Constraint::Min(0)];
            let [top, rest] = Layout::vertical(rows_of).areas(frame.area());
            frame.render_widget(Paragraph::new(format!("All open, since {ticks} s")), top);
            let list = List::new(rows.iter().map(String::as_str))
                .block(Block::bordered().title("queue"))
                .highlight_style(Style::new().add_modifier(Modifier::REVERSED));
            frame.render_stateful_widget(list, rest, &mut state);
        })?;
        let next = Duration::from_secs(ticks + 1);
        if event::poll(next.saturating_sub(start.elapsed()))?
            && let Event::Key(key) = event::read()?
            && key.kind == KeyEventKind::Press
        {
            match key.code {
                KeyCode::Char('q') => break,
                KeyCode::Char('j') => state.select_next(),
                KeyCode::Char('k') => state.select_previous(),
                _ => {}
            }
        }
        ticks = start.elapsed().as_secs();
    }
    ratatui::restore();
    Ok(())
}
