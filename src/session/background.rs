//! Work that takes longer than a frame: asked for by panels in every frame, done on a thread of its own, answered when it is ready.

use std::{
    cell::RefCell,
    fmt,
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError, channel},
    },
};

use crate::{lang, progress::Progress};

/// Who does long work, and who is told when some of it is ready.
#[derive(Clone, Default)]
pub enum Background {
    /// At once, by whoever asks: for tests, and where there are no threads.
    #[default]
    Inline,
    /// On threads; the function is called from them when an answer is ready or has come further.
    Threads(Arc<dyn Fn() + Send + Sync>),
    /// By whoever the function hands it to, now or later: for tests that decide when work goes on.
    Handed(Arc<dyn Fn(Handed) + Send + Sync>),
}

impl Background {
    /// Has a piece of work done, now or later; whoever waits for its end is woken then. Says if there is nobody to do it.
    pub fn hand(&self, work: Handed) -> std::io::Result<()> {
        match self {
            Self::Inline => work(),
            Self::Handed(hand_over) => hand_over(work),
            Self::Threads(wake) => {
                let (wake, language) = (Arc::clone(wake), lang::current());
                let spawned = std::thread::Builder::new().name("long work".to_owned()).spawn(move || {
                    // Whoever waits for work that panicked is told as well.
                    let _wake = WakeAtEnd(wake);
                    lang::with(language, work);
                });
                spawned?;
            }
        }
        Ok(())
    }
}

/// Calls its function when it goes out of scope.
struct WakeAtEnd(Arc<dyn Fn() + Send + Sync>);

impl Drop for WakeAtEnd {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// A piece of long work that somebody has to do.
pub type Handed = Box<dyn FnOnce() + Send>;

impl fmt::Debug for Background {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Inline => "Inline",
            Self::Threads(_) => "Threads",
            Self::Handed(_) => "Handed",
        })
    }
}

/// What is known of an answer.
#[derive(Debug, PartialEq)]
pub enum Asked<A> {
    /// It is being worked out; so much of it is done, 0 to 1.
    Working(f32),
    /// Here it is.
    Ready(Arc<A>),
    /// It was cancelled; [`Slot::again`] asks once more.
    Cancelled,
    /// The work came to nothing: a fault of the program, which the log tells more about.
    Failed,
}

/// Work in flight. Whoever lets go of it cancels it.
#[derive(Debug)]
struct Job<A> {
    progress: Arc<Progress>,
    answer: Receiver<Option<A>>,
}

impl<A> Drop for Job<A> {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

#[derive(Debug)]
enum State<A> {
    Working(Job<A>),
    Ready(Arc<A>),
    Cancelled,
    Failed,
}

/// A place for the answer to one kind of question. Asking something else cancels what is being worked out.
#[derive(Debug)]
pub struct Slot<Q, A>(RefCell<Option<(Q, State<A>)>>);

impl<Q, A> Default for Slot<Q, A> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<Q: PartialEq, A: Send + 'static> Slot<Q, A> {
    /// The answer to `question`, as far as it has come. The first time it is asked, `work` is begun: it reports to the progress
    /// and gives `None` once that is cancelled.
    pub fn ask<W>(&self, background: &Background, question: Q, work: impl FnOnce() -> W) -> Asked<A>
    where
        W: FnOnce(&Progress) -> Option<A> + Send + 'static,
    {
        let mut cell = self.0.borrow_mut();
        let known = cell.take().filter(|(asked, _)| *asked == question);
        let state = known.map_or_else(|| begin(background, work()), |(_, state)| state);
        let state = polled(state);
        let asked = told(&state);
        *cell = Some((question, state));
        asked
    }

    /// What is known without asking anything new; `None` if nothing was asked.
    pub fn peek(&self) -> Option<Asked<A>> {
        let mut cell = self.0.borrow_mut();
        let (question, state) = cell.take()?;
        let state = polled(state);
        let asked = told(&state);
        *cell = Some((question, state));
        Some(asked)
    }

    /// Stops working on the answer.
    pub fn cancel(&self) {
        if let Some((_, state)) = &mut *self.0.borrow_mut()
            && matches!(state, State::Working(_))
        {
            *state = State::Cancelled;
        }
    }

    /// Stops working on the answer if the question is such a one, and forgets that it was asked.
    pub fn drop_if(&self, is_such: impl FnOnce(&Q) -> bool) {
        let mut cell = self.0.borrow_mut();
        if cell.as_ref().is_some_and(|(question, state)| matches!(state, State::Working(_)) && is_such(question)) {
            *cell = None;
        }
    }

    /// Forgets a cancelled or failed answer, so that the question is worked on when it is asked next.
    pub fn again(&self) {
        let mut cell = self.0.borrow_mut();
        if matches!(&*cell, Some((_, State::Cancelled | State::Failed))) {
            *cell = None;
        }
    }

    /// Forgets whatever is known.
    pub fn forget(&self) {
        *self.0.borrow_mut() = None;
    }
}

fn begin<A: Send + 'static>(
    background: &Background,
    work: impl FnOnce(&Progress) -> Option<A> + Send + 'static,
) -> State<A> {
    let progress = Arc::new(Progress::default());
    let (sender, answer) = channel();
    let shared = Arc::clone(&progress);
    let run = move || {
        // If the question was dropped meanwhile, nobody waits for the answer.
        let _ = sender.send(work(&shared));
    };
    let working = State::Working(Job { progress, answer });
    match background.hand(Box::new(run)) {
        Ok(()) if matches!(background, Background::Inline) => polled(working),
        Ok(()) => working,
        Err(error) => {
            log::error!("No thread could be started for long work: {error}");
            State::Failed
        }
    }
}

fn polled<A>(state: State<A>) -> State<A> {
    let State::Working(job) = state else { return state };
    match job.answer.try_recv() {
        Ok(Some(answer)) => State::Ready(Arc::new(answer)),
        Ok(None) => State::Cancelled,
        Err(TryRecvError::Empty) => State::Working(job),
        // The thread ended without an answer: it panicked, and the hook has told about it.
        Err(TryRecvError::Disconnected) => State::Failed,
    }
}

fn told<A>(state: &State<A>) -> Asked<A> {
    match state {
        State::Working(job) => Asked::Working(job.progress.share()),
        State::Ready(answer) => Asked::Ready(Arc::clone(answer)),
        State::Cancelled => Asked::Cancelled,
        State::Failed => Asked::Failed,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn an_answer_is_worked_out_once_for_a_question() {
        let (slot, mut begun) = (Slot::<u32, u32>::default(), 0);
        for question in [1, 1, 2, 2, 1] {
            let answer = slot.ask(&Background::Inline, question, || {
                begun += 1;
                move |_: &Progress| Some(question * 10)
            });
            assert_eq!(answer, Asked::Ready(Arc::new(question * 10)));
        }
        assert_eq!(begun, 3);
    }

    #[test]
    fn work_on_an_old_question_is_dropped_and_what_is_known_stays() {
        use std::sync::Mutex;
        let waiting: Arc<Mutex<Vec<Handed>>> = Arc::default();
        let queue = Arc::clone(&waiting);
        let background = Background::Handed(Arc::new(move |work| queue.lock().unwrap().push(work)));
        let (slot, (told, heard)) = (Slot::<u32, u32>::default(), channel());
        let ask = |slot: &Slot<u32, u32>, question: u32| {
            let told = told.clone();
            slot.ask(&background, question, || {
                move |progress: &Progress| {
                    let wanted = progress.step(0).is_some();
                    told.send(wanted).unwrap();
                    wanted.then_some(question)
                }
            })
        };
        assert_eq!(ask(&slot, 1), Asked::Working(0.0));
        slot.drop_if(|question| *question != 1);
        waiting.lock().unwrap().drain(..).for_each(|work| work());
        assert_eq!((heard.recv(), ask(&slot, 1)), (Ok(true), Asked::Ready(Arc::new(1))));
        slot.drop_if(|_| true);
        assert_eq!(slot.peek(), Some(Asked::Ready(Arc::new(1))), "an answer is not work");
        assert_eq!(ask(&slot, 2), Asked::Working(0.0));
        slot.drop_if(|question| *question < 3);
        waiting.lock().unwrap().drain(..).for_each(|work| work());
        assert_eq!((heard.recv(), slot.peek()), (Ok(false), None));
    }

    #[test]
    fn threads_report_progress_wake_and_can_be_cancelled() {
        let (woken, wait) = sync_channel::<()>(8);
        let background = Background::Threads(Arc::new(move || woken.send(()).unwrap_or_default()));
        let slot = Slot::<u32, &str>::default();
        let (go, gate) = sync_channel::<()>(0);
        let work = || {
            move |progress: &Progress| {
                progress.begin(2);
                progress.step(1)?;
                gate.recv().ok()?;
                progress.step(1)?;
                Some("done")
            }
        };
        assert!(matches!(slot.ask(&background, 1, work), Asked::Working(_)));
        go.send(()).unwrap();
        wait.recv().unwrap();
        assert_eq!(slot.peek(), Some(Asked::Ready(Arc::new("done"))));
        let (hold, held) = sync_channel::<()>(0);
        let work = move || {
            move |progress: &Progress| {
                held.recv().ok()?;
                progress.step(1).map(|()| "too late")
            }
        };
        assert!(matches!(slot.ask(&background, 2, work), Asked::Working(_)));
        slot.cancel();
        assert_eq!(slot.peek(), Some(Asked::Cancelled));
        hold.send(()).ok();
        wait.recv().unwrap();
        assert_eq!(slot.peek(), Some(Asked::Cancelled), "what was cancelled stays so");
        slot.again();
        assert_eq!(slot.peek(), None);
    }
}
