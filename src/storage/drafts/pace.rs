//! When a draft is written: soon after somebody rests, and while nobody does often enough, but not for every move of a drag.

use std::time::Duration;

/// After this long without an edit a draft is written.
pub(super) const QUIET: Duration = Duration::from_millis(200);
/// However many edits follow, the first one waits no longer than this. What is left of a second is for the writing.
pub(super) const LATEST: Duration = Duration::from_millis(450);
/// A disk that could not be written to is tried again after this long, even without an edit.
pub(super) const AGAIN: Duration = Duration::from_secs(5);
/// A plan that takes long to write is not written all the time: there is a rest as long as the writing, but no longer than this.
const MOST_REST: Duration = Duration::from_millis(500);

/// Decides when to write. Time is told, from any beginning.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// The first and the last edit that no draft has yet.
    waiting: Option<(Duration, Duration)>,
    /// Nothing is written before.
    rest_until: Duration,
}

impl Pace {
    /// There is something new, which was done at a time.
    pub(super) fn edited(&mut self, at: Duration) {
        let (first, last) = self.waiting.unwrap_or((at, at));
        self.waiting = Some((first.min(at), last.max(at)));
    }

    /// When to write next; `None` if nothing waits.
    pub(super) fn due(&self) -> Option<Duration> {
        self.waiting
            .map(|(first, last)| last.saturating_add(QUIET).min(first.saturating_add(LATEST)).max(self.rest_until))
    }

    /// What waits is being written.
    pub(super) fn begun(&mut self) {
        self.waiting = None;
    }

    /// It was written, which took so long.
    pub(super) fn done(&mut self, now: Duration, took: Duration) {
        self.rest_until = now.saturating_add(took.min(MOST_REST));
    }

    /// It could not be written.
    pub(super) fn failed(&mut self, now: Duration) {
        self.waiting.get_or_insert((now, now));
        self.rest_until = now.saturating_add(AGAIN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    /// When drafts are written if edits come at these moments, and each takes this long to write.
    fn written(edits: &[u64], took: Duration) -> Vec<u64> {
        let (mut pace, mut written) = (Pace::default(), Vec::new());
        let mut writing_until = Duration::ZERO;
        for now in 0..10_000 {
            if edits.contains(&now) {
                pace.edited(ms(now));
            }
            if ms(now) >= writing_until && pace.due().is_some_and(|due| due <= ms(now)) {
                pace.begun();
                writing_until = ms(now) + took;
                pace.done(writing_until, took);
                written.push(now);
            }
        }
        written
    }

    #[test]
    fn a_draft_is_written_once_somebody_rests_and_then_no_more() {
        assert_eq!(written(&[], ms(10)), Vec::<u64>::new());
        assert_eq!(written(&[100], ms(10)), [300]);
        assert_eq!(written(&[100, 150, 240], ms(10)), [440]);
        assert_eq!(written(&[100, 5_000], ms(10)), [300, 5_200]);
    }

    #[test]
    fn a_long_drag_is_written_twice_a_second_and_each_move_of_it_in_time() {
        let drag: Vec<u64> = (0..3_000).step_by(16).collect();
        let written = written(&drag, ms(20));
        assert!((6..=8).contains(&written.len()), "{written:?}");
        for edit in drag {
            let begun = written.iter().find(|begun| **begun >= edit);
            assert!(begun.is_some_and(|begun| begun + 20 <= edit + 1_000), "{edit}: {written:?}");
        }
    }

    #[test]
    fn a_plan_that_takes_long_is_not_written_all_the_time() {
        let drag: Vec<u64> = (0..6_000).step_by(16).collect();
        assert_eq!(written(&drag, ms(400)), [450, 1_250, 2_050, 2_850, 3_650, 4_450, 5_250, 6_050]);
        assert_eq!(written(&drag, ms(1_000)), [450, 1_950, 3_450, 4_950, 6_450]);
    }

    #[test]
    fn what_was_done_a_while_ago_has_waited_already() {
        let mut pace = Pace::default();
        pace.edited(ms(750));
        pace.edited(ms(990));
        assert_eq!(pace.due(), Some(ms(1_190)));
        let mut pace = Pace::default();
        pace.edited(ms(500));
        pace.edited(ms(990));
        assert_eq!(pace.due(), Some(ms(950)), "at once");
    }

    #[test]
    fn what_could_not_be_written_is_tried_again_and_not_at_once() {
        let mut pace = Pace::default();
        pace.edited(ms(0));
        pace.begun();
        pace.failed(ms(300));
        assert_eq!(pace.due(), Some(ms(300) + AGAIN));
        pace.edited(ms(400));
        assert_eq!(pace.due(), Some(ms(300) + AGAIN), "an edit a moment later does not hammer a full disk");
    }
}
