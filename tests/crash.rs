//! A process edits and saves by session, draft and save as the window does, and is killed at any moment: its file can always be read and holds the
//! last save or the one before, and no more than a second of work is gone.
//!
//! `GROUNDPLAN_CRASHES=10000 cargo test --test crash -- --nocapture` does it as often as that.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test fail it where it cannot go on")]

use std::{
    collections::HashSet,
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Sender, channel},
    },
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use groundplan::{
    project::{Component, ComponentKind, Edit, ElementId, Project},
    session::{Action, Session, commands::TABLE},
    storage::{
        self,
        drafts::{Content, Drafts, Keeper, Origin, Owner, Unsaved},
        to_text,
    },
};

#[path = "common/chance.rs"]
mod chance;
#[path = "common/chaos.rs"]
mod chaos;
#[path = "common/child.rs"]
mod child;
#[path = "common/small_playbook.rs"]
#[allow(dead_code)]
mod small_playbook;

use chance::Chance;
use chaos::Chaos;

/// How often a process is killed, if nobody says otherwise.
const CRASHES: usize = 320;
/// So many live at a time; most of the time they rest between edits.
const LANES: usize = 8;
/// The promise.
const AT_MOST: Duration = Duration::from_secs(1);
/// A process that did not get to run for so long tells nothing about how far its draft was behind.
const STALL: Duration = Duration::from_millis(150);

fn hash(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}

/// The file of a lane.
fn plan(folder: &Path) -> PathBuf {
    folder.join("plan.ron")
}

fn drafts(folder: &Path) -> Drafts {
    Drafts::in_folder(&folder.join("state/drafts"))
}

// The process that is killed.

#[test]
#[ignore = "run in processes of its own by the test below"]
fn edits_until_it_is_killed() {
    let (seed, folder) = child::role();
    thread::spawn(|| {
        loop {
            child::tell(&format!("alive {}", now().as_micros()));
            thread::sleep(Duration::from_millis(25));
        }
    });
    Worker::start(&folder, seed.parse().unwrap()).work();
}

/// What the window does without its frames.
struct Worker {
    chaos: Chaos,
    keeper: Keeper,
    path: PathBuf,
    origin: Option<Arc<Origin>>,
    /// Some save all the time, others hardly ever: the first are killed in saves, the second live by their drafts.
    edits_a_save: usize,
}

/// Whether this one saves all the time.
fn saves_often(seed: usize) -> bool {
    seed.is_multiple_of(2)
}

impl Worker {
    /// Goes on with the draft that the one before left, or else with the file.
    fn start(folder: &Path, seed: usize) -> Self {
        let engine = Arc::new(small_playbook::engine());
        let (path, drafts) = (plan(folder), drafts(folder));
        let keeper = Keeper::on_a_thread(drafts.clone(), || {});
        let mut chaos = Chaos::new(seed as u64, &engine, Project::new("Plan"));
        let origin;
        match drafts.orphans().as_slice() {
            [] => {
                let project = storage::open_project(&path, &|_| Vec::new()).unwrap();
                chaos.session = Session::new(engine, project, Some(path.clone()));
                origin = Some(Arc::new(Origin::now(&path)));
            }
            [draft, ..] => {
                let (place, draft) = drafts.claim(&draft.id).unwrap();
                let Content::Sound(project) = draft.content else { panic!("the draft is damaged: {draft:?}") };
                origin = draft.origin.map(Arc::new);
                let original = origin.as_ref().map(|origin| origin.path.clone());
                chaos.session = Session::on_a_copy(engine, (*project).clone(), original);
                let project = Arc::clone(chaos.session.project());
                keeper.adopt(place, Unsaved { project, origin: origin.clone() });
            }
        }
        let edits_a_save = if saves_often(seed) { 2 } else { 300 };
        let worker = Self { chaos, keeper, path, origin, edits_a_save };
        worker.tell("state");
        worker
    }

    fn text(&self) -> String {
        to_text(self.chaos.project()).unwrap()
    }

    fn tell(&self, what: &str) {
        child::tell(&format!("{what} {} {}", now().as_micros(), hash(self.text().as_bytes())));
    }

    fn work(mut self) -> ! {
        loop {
            match self.chaos.chance.below(14) {
                _ if self.chaos.chance.one_in(self.edits_a_save) => self.save(),
                0..=5 => self.edit(),
                6..=7 => self.drag(),
                _ => self.command(),
            }
            let rest = self.chaos.chance.below(12) as u64;
            thread::sleep(Duration::from_millis(rest));
            // Somebody thinks now and then: only after a rest is everything written.
            if self.chaos.chance.one_in(60) {
                thread::sleep(Duration::from_millis(350));
            }
        }
    }

    /// What the window does at the end of each frame, and then the edit counts as made.
    fn frame(&mut self) {
        let session = &self.chaos.session;
        self.keeper.keep(
            session.is_dirty().then(|| Unsaved { project: Arc::clone(session.project()), origin: self.origin.clone() }),
        );
        self.tell("state");
    }

    fn edit(&mut self) {
        let project = Arc::clone(self.chaos.session.project());
        let name = ["Shop", "Lager", "数据", "x"][self.chaos.chance.below(4)];
        let at = (self.chaos.chance.between(-900.0, 900.0).round(), self.chaos.chance.between(-900.0, 900.0).round());
        let component = Component::new(name, ComponentKind::Worker, Some(at.into()));
        let edit = Edit::PutComponent(project.new_component_id(name), component);
        self.chaos.apply(Action::edit("Add", vec![edit]));
        self.chaos.trim();
        self.frame();
    }

    fn drag(&mut self) {
        let Some(id) = self.chaos.project().components.keys().next().cloned() else { return };
        for step in 1..=self.chaos.chance.below(20) {
            let set = [ElementId::Component(id.clone())].into();
            let edits = vec![Edit::Move(set, (step as f64, 1.0).into())];
            self.chaos.apply(Action::Gesture { name: "Move".to_owned(), edits });
            self.frame();
            thread::sleep(Duration::from_millis(4));
        }
        let end = if self.chaos.chance.one_in(4) { Action::CancelGesture } else { Action::CommitGesture };
        self.chaos.apply(end);
        self.frame();
    }

    fn command(&mut self) {
        let at = self.chaos.chance.below(TABLE.len());
        self.chaos.apply(Action::Run(TABLE[at].id));
        self.chaos.trim();
        self.frame();
    }

    fn save(&mut self) {
        self.chaos.apply(Action::CommitGesture);
        self.tell("saving");
        let project = Arc::clone(self.chaos.session.project());
        storage::save_project(&self.path, &project).unwrap();
        self.chaos.session.saved(self.path.clone(), project);
        self.origin = Some(Arc::new(Origin::now(&self.path)));
        self.tell("saved");
        self.frame();
    }
}

// The one who kills.

/// What was told until the end.
#[derive(Default)]
struct Heard {
    states: Vec<(Duration, u64)>,
    saving: Option<u64>,
    saved: Option<u64>,
    alive: Vec<Duration>,
}

impl Heard {
    fn line(&mut self, line: &str) {
        let Some(words) = child::told(line) else { return };
        let mut words = words.split(' ');
        let (what, at) = (words.next().unwrap(), Duration::from_micros(words.next().unwrap().parse().unwrap()));
        let mut hash = || words.next().unwrap().parse().unwrap();
        match what {
            "alive" => self.alive.push(at),
            "state" => self.states.push((at, hash())),
            "saving" => self.saving = Some(hash()),
            "saved" => (self.saving, self.saved) = (None, Some(hash())),
            other => panic!("{other}?"),
        }
    }

    /// Whether the process got to run all the time before it was killed, as far as that matters.
    fn ran_on(&self, killed: Duration) -> bool {
        let since = killed.saturating_sub(AT_MOST * 2);
        let ends = [self.alive.first().copied().unwrap_or(killed).max(since), killed];
        let mut beats: Vec<Duration> = self.alive.iter().copied().filter(|at| *at >= since).chain(ends).collect();
        beats.sort();
        beats.windows(2).all(|pair| pair[1].checked_sub(pair[0]).unwrap() < STALL)
    }
}

#[derive(Default)]
struct Tally {
    kills: AtomicUsize,
    /// Of these, while something was being saved.
    during_save: AtomicUsize,
    /// With a draft that was taken up again.
    with_draft: AtomicUsize,
    /// After which the draft's age could be told.
    judged: AtomicUsize,
    /// Temporary files that were left.
    left: AtomicUsize,
    failed: AtomicBool,
}

/// A file with its drafts, worked on by one process after the other.
struct Lane {
    folder: PathBuf,
    on_disk: u64,
}

impl Lane {
    /// Starts a process, lets it work for a while, kills it, and looks at what it left.
    fn crash(&mut self, seed: usize, tally: &Tally) {
        let mut chance = Chance::new(seed as u64);
        let mut process = child::child("edits_until_it_is_killed", &seed.to_string(), &self.folder).spawn().unwrap();
        let out = process.stdout.take().unwrap();
        let (ready, is_ready) = channel();
        let listener = thread::spawn(move || listen(out, &ready));
        is_ready
            .recv_timeout(Duration::from_mins(1))
            .unwrap_or_else(|_| panic!("seed {seed}: the process told nothing"));
        // Most are killed soon, as saves are frequent; some live long enough for their drafts to be judged.
        let life = if !saves_often(seed) && chance.one_in(3) {
            chance.between(1_050.0, 1_900.0)
        } else {
            chance.between(0.0, 400.0)
        };
        thread::sleep(Duration::from_micros((life * 1000.0) as u64));
        let killed = now();
        process.kill().unwrap();
        process.wait().unwrap();
        let heard = listener.join().unwrap();
        self.check_file(seed, &heard, tally);
        self.check_draft(seed, &heard, killed, tally);
        self.clean(tally);
        tally.kills.fetch_add(1, Ordering::Relaxed);
    }

    /// The file is the last save, or the one before if one was under way.
    fn check_file(&mut self, seed: usize, heard: &Heard, tally: &Tally) {
        let bytes = fs::read(plan(&self.folder)).unwrap();
        let text = str::from_utf8(&bytes).unwrap();
        storage::read_project(text, &|_| Vec::new()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let found = hash(&bytes);
        let last = heard.saved.unwrap_or(self.on_disk);
        if heard.saving.is_some() {
            tally.during_save.fetch_add(1, Ordering::Relaxed);
        }
        assert!(
            found == last || heard.saving == Some(found),
            "seed {seed}: neither the last save nor the one under way"
        );
        self.on_disk = found;
    }

    /// What is in the file or in the draft is no older than a second before the end.
    fn check_draft(&self, seed: usize, heard: &Heard, killed: Duration, tally: &Tally) {
        let drafts = drafts(&self.folder);
        let list = drafts.list();
        assert!(list.len() <= 1, "seed {seed}: {} drafts of one window", list.len());
        let mut there = HashSet::from([self.on_disk]);
        for draft in &list {
            assert_eq!(draft.owner, Owner::Nobody, "seed {seed}: the lock is held by nobody");
            assert!(matches!(draft.content, Content::Sound(_)), "seed {seed}: {:?}", draft.content);
            assert_eq!(draft.origin.as_ref().map(|origin| &origin.path), Some(&plan(&self.folder)));
            there.insert(hash(&drafts.text(&draft.id).unwrap()));
            tally.with_draft.fetch_add(1, Ordering::Relaxed);
        }
        let old = |(at, _): &&(Duration, u64)| *at + AT_MOST <= killed;
        let last_old = heard.states.iter().take_while(old).count().saturating_sub(1);
        // With the first state nothing is older than what the process began with: that must not be lost in any case.
        let young_enough = heard.states[last_old..].iter().any(|(_, state)| there.contains(state));
        let judged = last_old == 0 || heard.ran_on(killed);
        assert!(young_enough || !judged, "seed {seed}: more than a second of work is gone");
        if last_old > 0 && judged {
            tally.judged.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A kill between writing and renaming leaves a file of no meaning: counted, and not piled up.
    fn clean(&self, tally: &Tally) {
        for folder in [&self.folder, drafts(&self.folder).folder()] {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "tmp") {
                    tally.left.fetch_add(1, Ordering::Relaxed);
                    fs::remove_file(path).unwrap();
                }
            }
        }
    }
}

/// Hears a process out; says when it has begun to work.
fn listen(out: impl std::io::Read, ready: &Sender<()>) -> Heard {
    let (mut out, mut heard, mut line) = (BufReader::new(out), Heard::default(), String::new());
    while out.read_line(&mut line).is_ok_and(|read| read > 0) {
        heard.line(&line);
        if heard.states.len() == 1 {
            let _ = ready.send(());
        }
        line.clear();
    }
    heard
}

#[test]
fn whenever_it_is_killed_the_file_can_be_read_and_a_second_is_lost_at_most() {
    let crashes = std::env::var("GROUNDPLAN_CRASHES").ok().map_or(CRASHES, |crashes| crashes.parse().unwrap());
    let (tally, next) = (Tally::default(), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..LANES {
            scope.spawn(|| {
                let folder = tempfile::tempdir().unwrap();
                let text = to_text(&Project::new("Plan")).unwrap();
                fs::write(plan(folder.path()), &text).unwrap();
                let mut lane = Lane { folder: folder.path().to_owned(), on_disk: hash(text.as_bytes()) };
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= crashes || tally.failed.load(Ordering::Relaxed) {
                        return;
                    }
                    let crash = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| lane.crash(seed, &tally)));
                    tally.failed.fetch_or(crash.is_err(), Ordering::Relaxed);
                    if seed % 1000 == 999 {
                        println!("{}", summary(&tally));
                    }
                }
            });
        }
    });
    println!("{}", summary(&tally));
    assert!(!tally.failed.into_inner(), "what went wrong stands above");
    let (kills, during_save) = (tally.kills.into_inner(), tally.during_save.into_inner());
    assert_eq!(kills, crashes);
    // Else the test is not about what it says.
    assert!(during_save * 50 > kills, "only {during_save} of {kills} were killed while saving");
    assert!(tally.with_draft.into_inner() * 10 > kills && tally.judged.into_inner() * 20 > kills);
}

fn summary(tally: &Tally) -> String {
    let of = |count: &AtomicUsize| count.load(Ordering::Relaxed);
    format!(
        "{} kills, {} during a save, {} with a draft, {} judged by the second, {} temporary files left",
        of(&tally.kills),
        of(&tally.during_save),
        of(&tally.with_draft),
        of(&tally.judged),
        of(&tally.left)
    )
}
