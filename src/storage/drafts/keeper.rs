//! Keeps the draft of one window: whoever edits says what there is, in every frame; a thread writes it, the newest only, when it is time.

use std::{
    fmt,
    mem::ManuallyDrop,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, sync_channel},
    },
    time::{Duration, Instant},
};

use super::{Drafts, Origin, Place, pace::Pace, rescue};
use crate::{
    project::Project,
    storage::{SaveError, Texts, to_text},
};

/// How long the end of the program waits for the last draft.
const PATIENCE: Duration = Duration::from_secs(3);

/// Work that is in no file.
#[derive(Clone, Debug)]
pub struct Unsaved {
    /// The project as it stands.
    pub project: Arc<Project>,
    /// The file it belongs to.
    pub origin: Option<Arc<Origin>>,
}

impl Unsaved {
    fn is(&self, other: &Self) -> bool {
        let origin = match (&self.origin, &other.origin) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
            (a, b) => a.is_none() && b.is_none(),
        };
        origin && Arc::ptr_eq(&self.project, &other.project)
    }
}

/// What is asked of the writer: held for moments only, never while something is written.
#[derive(Default)]
struct Desk {
    wish: Option<Unsaved>,
    /// Whether that was heard, and nobody said yet since when it waits.
    heard: bool,
    /// The file that what is heard next belongs to.
    origin: Option<Arc<Origin>>,
    /// When something new was asked since the writer looked: first and last.
    rung: Option<(Rung, Rung)>,
    /// What was opened, from which the first edit is to come.
    opened: Option<Arc<Project>>,
    /// A draft that was restored, to go on with in place of the one before.
    adopted: Option<(Place, Unsaved)>,
    pace: Pace,
    /// What is no longer wanted was given up, not saved: it goes among the discarded. With it the draft that it was restored from, if the
    /// writer has not taken that over yet; one that is adopted afterwards belongs to what comes next.
    given_up: Vec<(Unsaved, Option<(Place, Unsaved)>)>,
    closing: bool,
    /// Why the last attempt failed, until somebody asks.
    complaint: Option<String>,
    /// What was complained about already.
    told: Option<String>,
    /// Whether the window is to be woken: there is something new to complain about, or nothing any more.
    wakes: bool,
}

/// Something new was asked.
#[derive(Clone, Copy)]
struct Rung {
    at: Instant,
    /// How long before that it was done.
    waited: Duration,
}

impl Desk {
    fn ring(&mut self) {
        self.ring_for((Duration::ZERO, Duration::ZERO));
    }

    /// The first and the last of what is new were done so long ago.
    fn ring_for(&mut self, (first, last): (Duration, Duration)) {
        let at = Instant::now();
        let waits_longer = |known: &Rung| known.waited + at.duration_since(known.at) >= first;
        let known = self.rung.map(|(first, _)| first).filter(waits_longer);
        let first = known.unwrap_or(Rung { at, waited: first });
        self.rung = Some((first, Rung { at, waited: last }));
    }
}

/// What stands on the disk: held while something is written.
#[derive(Default)]
struct Pen {
    place: Option<Place>,
    written: Option<Unsaved>,
    /// What was put into words last: nearly all of the next draft is the same.
    texts: Texts,
}

pub(super) struct Shared {
    drafts: Drafts,
    desk: Mutex<Desk>,
    bell: Condvar,
    pen: Mutex<Pen>,
    /// Whether the time told in [`Shared::step`] is that of the clock, so that it can be said how long ago something was asked.
    by_the_clock: bool,
}

/// Keeps the draft of one window.
pub struct Keeper {
    shared: Arc<Shared>,
    /// Says when the thread has ended; `None` if there is no thread and somebody calls [`Keeper::step`].
    ended: Option<Receiver<()>>,
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").finish_non_exhaustive()
    }
}

impl Keeper {
    /// A keeper that writes when it is told what time it is, by whoever tells it: see [`Keeper::step`].
    pub fn by_hand(drafts: Drafts) -> Self {
        Self::new(drafts, false)
    }

    fn new(drafts: Drafts, by_the_clock: bool) -> Self {
        let (desk, bell, pen) = (Mutex::default(), Condvar::new(), Mutex::default());
        let shared = Arc::new(Shared { drafts, desk, bell, pen, by_the_clock });
        rescue::note(&shared);
        Self { shared, ended: None }
    }

    /// A keeper with a thread of its own; `wake` is called when there is a complaint, and when it is over.
    pub fn on_a_thread(drafts: Drafts, wake: impl Fn() + Send + 'static) -> Self {
        let mut keeper = Self::new(drafts, true);
        let (ends, ended) = sync_channel(1);
        let shared = Arc::clone(&keeper.shared);
        let spawned = std::thread::Builder::new().name("drafts".to_owned()).spawn(move || {
            // A fault in writing one state, which the panic hook tells of, must not be the end of all drafts.
            while catch_unwind(AssertUnwindSafe(|| write_until_closed(&shared, &wake))).is_err() {}
            let _ = ends.send(());
        });
        match spawned {
            Ok(_) => keeper.ended = Some(ended),
            Err(error) => log::error!("no thread could be started for drafts, there will be none: {error}"),
        }
        keeper
    }

    /// Says what was opened. It is put into words ahead, so that the draft of its first edit is not kept waiting for all that is in it.
    pub fn expect(&self, opened: &Arc<Project>) {
        self.shared.desk().opened = Some(Arc::clone(opened));
        self.shared.bell.notify_one();
    }

    /// Says what there is that is in no file; `None` if there is nothing to lose. Costs next to nothing if that is what was said before.
    pub fn keep(&self, unsaved: Option<Unsaved>) {
        self.keep_typed(unsaved, (Duration::ZERO, Duration::ZERO));
    }

    /// The same for what somebody types, whose keys were not taken at once: the first that is new and the last were pressed so long ago.
    pub fn keep_typed(&self, unsaved: Option<Unsaved>, waited: (Duration, Duration)) {
        let mut desk = self.shared.desk();
        let known = match (&desk.wish, &unsaved) {
            (Some(a), Some(b)) => a.is(b),
            (a, b) => a.is_none() && b.is_none(),
        };
        let has_waited = std::mem::take(&mut desk.heard) && !waited.0.is_zero();
        if !known || has_waited {
            desk.wish = unsaved;
            desk.ring_for(waited);
            self.shared.bell.notify_one();
        }
    }

    /// Says which file the next edit belongs to.
    pub fn belongs_to(&self, origin: Option<&Arc<Origin>>) {
        self.shared.desk().origin = origin.cloned();
    }

    /// What hears of an edit before the window has anything to show of it: on a large plan that takes a while. Whatever becomes of the edit is
    /// said by [`Keeper::keep`] later.
    pub fn listener(&self) -> impl Fn(&Arc<Project>) + Send + Sync + 'static {
        let shared = Arc::clone(&self.shared);
        move |project| {
            let mut desk = shared.desk();
            let heard = Unsaved { project: Arc::clone(project), origin: desk.origin.clone() };
            if !desk.closing && !desk.wish.as_ref().is_some_and(|wish| wish.is(&heard)) {
                (desk.wish, desk.heard) = (Some(heard), true);
                desk.ring();
                shared.bell.notify_one();
            }
        }
    }

    /// Says that what there is was given up: its draft goes among the discarded, where it can be had back.
    pub fn give_up(&self) {
        let mut desk = self.shared.desk();
        if let Some(unsaved) = desk.wish.take() {
            let adopted = desk.adopted.take();
            desk.given_up.push((unsaved, adopted));
            desk.ring();
            self.shared.bell.notify_one();
        }
    }

    /// Goes on with a draft that was restored: the draft before is taken away, and this one stays where it is until the work is saved.
    pub fn adopt(&self, place: Place, unsaved: Unsaved) {
        let mut desk = self.shared.desk();
        desk.adopted = Some((place, unsaved.clone()));
        desk.wish = Some(unsaved);
        desk.ring();
        self.shared.bell.notify_one();
    }

    /// Writes what is due at a time, counted from any beginning, and gives the time when something will be due next.
    pub fn step(&self, now: Duration) -> Option<Duration> {
        self.shared.step(now)
    }

    /// Whether the last draft that was to be written was.
    pub fn is_well(&self) -> bool {
        self.shared.desk().told.is_none()
    }

    /// Why drafts cannot be written, once for each new reason.
    pub fn complaint(&self) -> Option<String> {
        self.shared.desk().complaint.take()
    }
}

impl Drop for Keeper {
    /// Does at once what was asked last. A draft that is there then stays, for the next start.
    fn drop(&mut self) {
        let mut desk = self.shared.desk();
        desk.closing = true;
        drop(desk);
        self.shared.bell.notify_one();
        match &self.ended {
            // A disk that hangs must not keep the program from ending.
            Some(ended) => drop(ended.recv_timeout(PATIENCE)),
            None => drop(self.shared.step(Duration::MAX)),
        }
        rescue::forget(&self.shared);
    }
}

fn write_until_closed(shared: &Shared, wake: &dyn Fn()) {
    let begin = Instant::now();
    loop {
        let closing = shared.desk().closing;
        let next = shared.step(begin.elapsed());
        if closing {
            return; // everything that was asked before the end is done
        }
        if std::mem::take(&mut shared.desk().wakes) {
            wake();
        }
        let desk = shared.desk();
        if desk.rung.is_some() || desk.closing || desk.opened.is_some() {
            continue;
        }
        let left = next.map(|next| next.saturating_sub(begin.elapsed()));
        // Woken for nothing, it looks and sleeps again.
        drop(match left {
            None => shared.bell.wait(desk).unwrap_or_else(PoisonError::into_inner),
            Some(left) => shared.bell.wait_timeout(desk, left).unwrap_or_else(PoisonError::into_inner).0,
        });
    }
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long ago something was; where the time is told, none goes by between.
    fn since(&self, then: Instant) -> Duration {
        if self.by_the_clock { then.elapsed() } else { Duration::ZERO }
    }

    fn step(&self, now: Duration) -> Option<Duration> {
        let mut desk = self.desk();
        if let Some((first, last)) = desk.rung.take() {
            let then = |rung: Rung| {
                let waited = self.since(rung.at).saturating_add(rung.waited);
                now.saturating_sub(waited)
            };
            desk.pace.edited(then(first));
            desk.pace.edited(then(last));
        }
        // What is not wanted any more goes at once, and at the end there is no later.
        let at_once = desk.closing || desk.wish.is_none() || desk.adopted.is_some() || !desk.given_up.is_empty();
        if desk.pace.due().is_none_or(|due| due > now && !at_once) {
            let (due, opened) = (desk.pace.due(), desk.opened.take().filter(|_| !desk.closing));
            drop(desk);
            if let Some(opened) = opened {
                let mut pen = self.pen.lock().unwrap_or_else(PoisonError::into_inner);
                let _ = pen.texts.of(&opened); // what is wrong with it is told when it is to be written
            }
            return due;
        }
        desk.pace.begun();
        let (wish, adopted) = (desk.wish.clone(), desk.adopted.take());
        let given_up = std::mem::take(&mut desk.given_up);
        drop(desk);
        let begin = Instant::now();
        let mut pen = self.pen.lock().unwrap_or_else(PoisonError::into_inner);
        for (unsaved, restored) in given_up {
            // As it was at the last, not as it was written before.
            if let Err(error) = pen.carry_out(&self.drafts, Some(&unsaved), restored) {
                log::warn!("what was given up could not be written at last: {error}");
            }
            pen.retire(&self.drafts);
        }
        let done = pen.carry_out(&self.drafts, wish.as_ref(), adopted);
        drop(pen);
        let took = self.since(begin);
        let mut desk = self.desk();
        match done {
            Ok(()) => {
                desk.pace.done(now.saturating_add(took), took);
                // What was told is no longer so, which an idle window would not see.
                desk.wakes |= wish.is_some() && desk.told.take().is_some();
            }
            Err(error) => {
                let words = error.of_own_file();
                log::warn!("a draft could not be written: {words}");
                if desk.told.as_ref() != Some(&words) {
                    desk.complaint = Some(words.clone());
                    desk.told = Some(words);
                    desk.wakes = true;
                }
                if !desk.closing {
                    desk.pace.failed(now.saturating_add(took));
                }
            }
        }
        desk.pace.due()
    }

    /// Writes the draft now, whatever the writer is doing, and says where it is; `None` if nothing is unsaved. For the end of the program
    /// by a fault: waits for no lock that the thread at fault may hold.
    pub(super) fn rescue(&self) -> Option<Result<PathBuf, SaveError>> {
        let wish = rescue::patiently(&self.desk)?.wish.clone()?;
        let write =
            |pen: &mut Pen| pen.carry_out(&self.drafts, Some(&wish), None).and_then(|()| pen.file(&self.drafts));
        if let Some(mut pen) = rescue::patiently(&self.pen) {
            return Some(write(&mut pen));
        }
        // It is the writer that is at fault: the draft gets another place, which stays locked until the process is gone.
        Some(write(&mut ManuallyDrop::new(Pen::default())))
    }

    /// Lets go of the draft, which stays.
    pub(super) fn let_go(&self) {
        if let Some(mut pen) = rescue::patiently(&self.pen) {
            pen.place = None;
        }
    }
}

impl Pen {
    fn carry_out(
        &mut self,
        drafts: &Drafts,
        wish: Option<&Unsaved>,
        adopted: Option<(Place, Unsaved)>,
    ) -> Result<(), SaveError> {
        if let Some((place, unsaved)) = adopted {
            self.remove();
            (self.place, self.written) = (Some(place), Some(unsaved));
        }
        let Some(wish) = wish else {
            self.remove();
            return Ok(());
        };
        if self.written.as_ref().is_some_and(|written| written.is(wish)) {
            return Ok(());
        }
        let text = self.texts.of(&wish.project).or_else(|_| to_text(&wish.project))?;
        // Whoever clears the folder away under our feet gets a new one with a new lock.
        let place = match self.place.take().filter(Place::is_ours) {
            Some(place) => place,
            None => Place::new(drafts.folder())?,
        };
        let place = self.place.insert(place);
        place.write(wish.origin.as_deref(), &text)?;
        self.written = Some(wish.clone());
        Ok(())
    }

    /// Where the draft is that was just written.
    fn file(&self, drafts: &Drafts) -> Result<PathBuf, SaveError> {
        let file = self.place.as_ref().map(Place::file);
        file.ok_or_else(|| SaveError::NoFolder(drafts.folder().to_owned()))
    }

    /// Puts the draft among the discarded ones; where that cannot be, it stays for the next start.
    fn retire(&mut self, drafts: &Drafts) {
        self.written = None;
        if let Some(place) = self.place.take()
            && let Err(error) = drafts.retire(place)
        {
            log::warn!("a draft could not be put among the discarded ones: {error}");
        }
    }

    fn remove(&mut self) {
        self.written = None;
        if let Some(place) = self.place.take() {
            place.remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idle_window_is_woken_when_drafts_cannot_be_written_and_when_they_can_again() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = folder.path().join("drafts");
        std::fs::write(&drafts, "in the way").unwrap();
        let keeper = Keeper::by_hand(Drafts::in_folder(&drafts));
        let wakes = || std::mem::take(&mut keeper.shared.desk().wakes);
        keeper.keep(Some(Unsaved { project: Arc::new(Project::new("Plan")), origin: None }));
        keeper.step(Duration::ZERO);
        let again = keeper.step(Duration::from_secs(1)).unwrap();
        assert!(wakes() && keeper.complaint().is_some() && !keeper.is_well());
        keeper.step(again);
        assert!(!wakes() && keeper.complaint().is_none(), "it was told");
        std::fs::remove_file(&drafts).unwrap();
        keeper.step(again * 3);
        assert!(wakes() && keeper.is_well());
    }
}
