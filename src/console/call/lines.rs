//! What the stages of a call are drawn with: lines one under the other.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::console::look::Look;
use crate::console::theme::Role;
use crate::text;

/// Lines drawn one under the other for as long as there is room.
pub(in crate::console) struct Lines<'a> {
    /// The room that is left.
    pub(in crate::console) rest: Rect,
    /// Lines for which there was no room.
    pub(in crate::console) hidden: usize,
    look: &'a Look,
    pub(in crate::console) buf: &'a mut Buffer,
}

impl<'a> Lines<'a> {
    /// Lines from the top of `area` on.
    pub(in crate::console) fn new(area: Rect, look: &'a Look, buf: &'a mut Buffer) -> Self {
        Self {
            rest: area.intersection(buf.area),
            hidden: 0,
            look,
            buf,
        }
    }

    /// Takes the next `height` lines, or what there is of them.
    pub(in crate::console) fn take(&mut self, height: u16) -> Rect {
        let height = height.min(self.rest.height);
        let taken = Rect {
            height,
            ..self.rest
        };
        self.rest.y += height;
        self.rest.height -= height;
        taken
    }

    /// An empty line.
    pub(in crate::console) fn gap(&mut self) {
        self.take(1);
    }

    /// One line, cut where it does not fit.
    pub(in crate::console) fn put(&mut self, words: &str, role: Role) {
        let line = self.take(1);
        self.hidden += usize::from(line.is_empty());
        if !line.is_empty() {
            let room = usize::from(line.width);
            let words = text::cut_with(words, room, self.look.symbols.cut);
            self.buf
                .set_stringn(line.x, line.y, words, room, self.look.style(role));
        }
    }

    /// Words in as many lines as they take.
    pub(in crate::console) fn wrapped(&mut self, words: &str, role: Role) {
        for line in text::wrap(words, self.rest.width.into()) {
            self.put(&line, role);
        }
    }

    /// Says in the last line that there is more than fits, and which key shows it.
    pub(in crate::console) fn more(&mut self, key: &str) {
        if self.hidden == 0 || self.rest.y == 0 {
            return;
        }
        let many = self.hidden + 1;
        self.rest = Rect {
            y: self.rest.y - 1,
            height: 1,
            ..self.rest
        };
        let room = usize::from(self.rest.width);
        let words = format!("{many} more lines: {key} shows all of it");
        self.put(&text::fit(&words, room), Role::Label);
    }

    /// A heading before each of `items`, which stand under each other; nothing without items.
    pub(in crate::console) fn list(&mut self, heading: &str, items: &[String], role: Role) {
        let indent = text::width(heading) + 1;
        let room = usize::from(self.rest.width).saturating_sub(indent);
        let lines = items.iter().flat_map(|item| {
            text::wrap(item, room.saturating_sub(2))
                .into_iter()
                .enumerate()
        });
        let mut first = true;
        for (part, line) in lines {
            let head = if std::mem::take(&mut first) {
                heading
            } else {
                ""
            };
            let mark = if part == 0 {
                self.look.symbols.separator
            } else {
                " "
            };
            self.put(
                &format!("{} {mark} {line}", text::fit(head, indent - 1)),
                role,
            );
        }
    }
}
