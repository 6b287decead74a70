//! Things by place that come and go: rectangles in a grid, each with what it stands for.

use kurbo::Rect;

use crate::geometry::grid::Grid;

/// Numbered things and where they are.
#[derive(Clone, Debug)]
pub(super) struct Areas<T> {
    grid: Grid,
    things: Vec<Option<T>>,
    free: Vec<usize>,
}

impl<T> Default for Areas<T> {
    fn default() -> Self {
        Self { grid: Grid::default(), things: Vec::new(), free: Vec::new() }
    }
}

impl<T> Areas<T> {
    pub fn add(&mut self, rect: Rect, thing: T) -> usize {
        let number = self.free.pop().unwrap_or(self.things.len());
        if number == self.things.len() {
            self.things.push(None);
        }
        self.things[number] = Some(thing);
        self.grid.set(number, rect);
        number
    }

    pub fn remove(&mut self, number: usize) -> Option<T> {
        let thing = self.things.get_mut(number)?.take()?;
        self.grid.remove(number);
        self.free.push(number);
        Some(thing)
    }

    pub fn get(&self, number: usize) -> Option<&T> {
        self.things.get(number)?.as_ref()
    }

    /// Calls `visit` with each thing whose rectangle touches `area`, maybe more than once, in no order that means anything.
    pub fn each(&self, area: Rect, mut visit: impl FnMut(usize, &T)) {
        self.grid.any(area, |number, _| {
            if let Some(thing) = self.get(number) {
                visit(number, thing);
            }
            false
        });
    }
}
