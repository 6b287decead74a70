//! What edits did, estimates that are kept, and what leads from one to another: on the session and in the window.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::sync::{
    Arc, LazyLock, Mutex,
    mpsc::{Sender, channel},
};

use egui::accesskit::Role;
use egui_kittest::{
    Node,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    assess::{Choice, Engine, PartChange, compared},
    lang::{self, Language},
    project::{
        Assumptions, BaselineId, Component, ComponentKind, Confidence, Deadline, Edit, ElementId, Project, TraitValue,
    },
    session::{Action, Asked, Background, BaselineAction, End, Handed, Kept, LOGGED, Request, Session},
    storage,
    ui::panels::dock::{DockState, ScenarioTopic, dock_ui},
};
use jiff::civil::date;

use crate::common::{bench, builtin};
use bench::{Window, window};

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(builtin::engine()));
const PRESET: &str = "monolith-decomposition";
const ORDERS: &str = "order-processing";

fn session() -> Session {
    Session::new(Arc::clone(&ENGINE), builtin::preset(PRESET), None)
}

fn tables(session: &mut Session, tables: f64) {
    let edit = Edit::SetTrait(ORDERS.into(), "tables".into(), Some(TraitValue::Number(tables)));
    session.apply(Action::edit(format!("Set tables to {tables}"), vec![edit]));
}

fn pin(session: &mut Session, id: &str, framework: &str) {
    session.apply(Action::edit(format!("Pin {id}"), vec![Edit::SetPin(id.into(), Some(framework.into()))]));
}

fn moved(session: &mut Session) {
    session.apply(Action::edit("Move it", vec![Edit::Place(ORDERS.into(), (500.0, 500.0).into())]));
}

/// Weeks and budget at a probability.
fn figures(session: &Session, probability: f64) -> (f64, f64) {
    let estimate = &session.assessment().estimate;
    (estimate.weeks.quantile(probability), estimate.budget_usd.quantile(probability))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6 * a.abs().max(b.abs()).max(1.0)
}

#[test]
fn the_log_says_what_each_edit_did_and_sums_to_what_all_did() {
    let mut session = session();
    let mut at = vec![LOGGED.map(|p| figures(&session, p))];
    tables(&mut session, 55.0);
    at.push(LOGGED.map(|p| figures(&session, p)));
    moved(&mut session);
    at.push(LOGGED.map(|p| figures(&session, p)));
    pin(&mut session, "api-gateway", "django");
    at.push(LOGGED.map(|p| figures(&session, p)));
    let log = session.log();
    assert_eq!(
        log.entries.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["Pin api-gateway", "Move it", "Set tables to 55"]
    );
    for (entry, ends) in log.entries.iter().rev().zip(at.windows(2)) {
        for (which, effect) in entry.effects.unwrap().iter().enumerate() {
            assert!(near(effect.weeks, ends[1][which].0 - ends[0][which].0), "{entry:?}");
            assert!(near(effect.usd, ends[1][which].1 - ends[0][which].1), "{entry:?}");
        }
    }
    assert_eq!(log.entries.iter().map(|one| one.left_the_estimate).collect::<Vec<_>>(), [false, true, false]);
    for (which, sum) in log.sums.iter().enumerate() {
        assert!(near(sum.usd, at[3][which].1 - at[0][which].1) && near(sum.weeks, at[3][which].0 - at[0][which].0));
    }
    assert!(Arc::ptr_eq(&log, &session.log()), "it is made once for each step");
    // The totals are what the entries sum to as they are written.
    for which in 0..4 {
        let number = |text: &str| text.replace(['$', ',', '+'], "").replace('−', "-").parse::<f64>().unwrap();
        let sum: f64 = log.entries.iter().map(|one| number(&one.figures.as_ref().unwrap()[which])).sum();
        assert!((sum - number(&log.totals[which])).abs() < 1e-9, "{log:#?}");
    }
}

#[test]
fn the_log_says_from_what_to_what_an_assumption_went() {
    let mut session = session();
    let mut set = |change: fn(&mut Assumptions)| {
        let mut assumptions = session.project().assumptions.clone();
        change(&mut assumptions);
        session.apply(Action::edit("Set it", vec![Edit::SetAssumptions(assumptions)]));
        session.log().entries[0].detail.clone()
    };
    assert_eq!(set(|of| of.team_size = 4.0).as_deref(), Some("2 → 4 people"));
    assert_eq!(set(|of| of.contingency += 0.05).as_deref(), Some("0 → 5 %"));
    assert_eq!(set(|of| of.target_budget_usd = Some(90_000.0)).as_deref(), Some("none → $90,000"));
    let both = |of: &mut Assumptions| (of.team_size, of.deadline) = (1.0, Some(Deadline::Weeks(26.0)));
    assert_eq!(set(both).as_deref(), Some("team size 4 people → 1 person, deadline none → 6 months"));
    session.apply(Action::Run("baseline.keep"));
    assert_eq!(session.log().entries[0].detail, None);
}

#[test]
fn a_gesture_is_one_entry_and_what_is_taken_back_is_told_apart() {
    let mut session = session();
    let before = figures(&session, 0.5);
    for count in [45.0, 50.0, 60.0] {
        let edit = Edit::SetTrait(ORDERS.into(), "tables".into(), Some(TraitValue::Number(count)));
        session.apply(Action::Gesture { name: "Drag tables".to_owned(), edits: vec![edit] });
        assert!(session.log().entries.is_empty(), "a gesture in flight is no edit yet");
    }
    session.apply(Action::CommitGesture);
    let after = figures(&session, 0.5);
    let effect = session.log().entries[0].effects.unwrap()[0];
    assert!(near(effect.usd, after.1 - before.1) && effect.usd > 0.0);
    session.undo();
    let log = session.log();
    assert!(log.entries[0].undone);
    assert_eq!(log.entries[0].effects.unwrap()[0], effect, "what it did is known still");
    assert_eq!(log.sums[0].usd, 0.0, "and is not counted");
    session.redo();
    assert!(!session.log().entries[0].undone);
    // An edit while a gesture is in flight ends the gesture; both are told.
    let edit = Edit::SetTrait(ORDERS.into(), "tables".into(), Some(TraitValue::Number(70.0)));
    session.apply(Action::Gesture { name: "Drag again".to_owned(), edits: vec![edit] });
    pin(&mut session, "api-gateway", "django");
    let log = session.log();
    assert_eq!(log.entries.len(), 3);
    assert!(log.entries.iter().all(|one| one.effects.is_some() && !one.left_the_estimate), "{log:#?}");
    // A cancelled gesture leaves nothing, and the next edit counts from where the plan stands.
    let base = figures(&session, 0.5);
    let edit = Edit::SetTrait(ORDERS.into(), "tables".into(), Some(TraitValue::Number(900.0)));
    session.apply(Action::Gesture { name: "Drag away".to_owned(), edits: vec![edit] });
    session.apply(Action::CancelGesture);
    tables(&mut session, 80.0);
    let effect = session.log().entries[0].effects.unwrap()[0];
    assert!(near(effect.usd, figures(&session, 0.5).1 - base.1));
}

#[test]
fn other_knowledge_makes_old_effects_unknown_until_they_are_seen_again() {
    let mut session = session();
    tables(&mut session, 55.0);
    tables(&mut session, 60.0);
    session.set_engine(Arc::new(builtin::engine()));
    let log = session.log();
    assert!(log.entries.iter().all(|one| one.effects.is_none()));
    assert_eq!((log.unknown, log.sums[0].usd), (2, 0.0));
    assert!(session.edits_since_baseline().is_empty(), "what nobody knows is not kept");
    tables(&mut session, 70.0);
    assert!(session.log().entries[0].effects.is_some());
    session.undo();
    session.undo();
    let log = session.log();
    assert!(log.entries.iter().filter(|one| one.undone).all(|one| one.effects.is_some()), "{log:#?}");
}

#[test]
fn other_words_for_the_same_knowledge_leave_what_is_known_of_steps() {
    let mut session = session();
    tables(&mut session, 55.0);
    tables(&mut session, 60.0);
    let (before, edits) = (session.log().entries.clone(), session.edits_since_baseline());
    lang::with(Language::German, || session.say_anew(Arc::new(session.engine().speaking())));
    assert!(session.log().entries.iter().zip(&before).all(|(now, then)| now.effects == then.effects));
    assert_eq!(session.edits_since_baseline(), edits);
    assert_eq!(session.engine().playbook.traits["tables"].label, "Tabellen");
}

#[test]
fn a_baseline_keeps_figures_parts_and_what_led_to_it_and_outlives_the_file() {
    let mut session = session();
    session.set_today(Some(date(2026, 11, 24)));
    tables(&mut session, 55.0);
    moved(&mut session);
    let depth = session.history().depth();
    session.apply(Action::Run("baseline.keep"));
    assert_eq!(session.history().depth(), depth + 1);
    pin(&mut session, "api-gateway", "django");
    session.apply(Action::Run("baseline.keep"));
    let kept = &session.project().baselines;
    assert_eq!(kept.values().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Baseline 1", "Baseline 2"]);
    let (first, second) = (&kept["baseline-1"], &kept["baseline-2"]);
    assert_eq!(first.date, Some(date(2026, 11, 24)));
    let names =
        |edits: &[groundplan::project::BaselineEdit]| edits.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&first.edits), ["Set tables to 55"]);
    assert_eq!(names(&second.edits), ["Pin api-gateway"], "those since the one before");
    for one in [first, second] {
        assert!(near(one.parts.iter().map(|part| part.usd).sum(), one.budget_usd.median));
        assert!(near(one.parts.iter().map(|part| part.weeks).sum(), one.weeks.median));
    }
    assert!(near(second.budget_usd.median - first.budget_usd.median, second.edits[0].usd));
    // Through the file and back it says the same, as far as a file keeps it.
    let text = storage::to_text(session.project()).unwrap();
    let read = storage::from_text(&text).unwrap();
    let again = &read.baselines["baseline-2"];
    assert_eq!((&again.name, again.date, again.parts.len()), (&second.name, second.date, second.parts.len()));
    assert!(near(again.budget_usd.median, second.budget_usd.median) && near(again.edits[0].usd, second.edits[0].usd));
    assert_eq!(storage::to_text(&read).unwrap(), text);
    // It is undone as one step.
    session.undo();
    assert_eq!(session.project().baselines.len(), 1);
}

#[test]
fn nothing_is_kept_of_a_plan_without_services() {
    let mut session = Session::new(Arc::clone(&ENGINE), Project::new("Plan"), None);
    assert!(session.can_keep_baseline().is_err());
    session.apply(Action::Run("baseline.keep"));
    session.apply(Action::Baseline(BaselineAction::Keep));
    assert!(session.project().baselines.is_empty() && session.history().depth() == 0);
}

#[test]
fn baselines_are_compared_part_by_part_and_the_parts_sum() {
    let mut session = session();
    session.apply(Action::Run("baseline.keep"));
    tables(&mut session, 70.0);
    pin(&mut session, "api-gateway", "django");
    let mail = Component::new("Mail", ComponentKind::Notification, Some((0.0, 0.0).into()));
    session.apply(Action::edit("Add mail", vec![Edit::PutComponent("mail".into(), mail)]));
    let gone = [ElementId::Component("inventory-sync".into())].into();
    session.apply(Action::edit("Remove it", vec![Edit::Remove(gone)]));
    let first = Kept::Baseline(BaselineId::new("baseline-1"));
    let now = session.compared_baselines(&first, &Kept::Now).unwrap();
    assert!(Arc::ptr_eq(&now, &session.compared_baselines(&first, &Kept::Now).unwrap()), "it is made once");
    let change = |id: &str| now.parts.iter().find(|part| part.component == Some(id.into())).unwrap().change();
    assert_eq!(change("mail"), PartChange::New);
    assert_eq!(change("inventory-sync"), PartChange::Gone);
    assert_eq!(change("api-gateway"), PartChange::Changed);
    assert_eq!(change("notifications"), PartChange::Same);
    for (at, median) in [(0, now.ends[0].budget_usd.median), (1, session.assessment().estimate.budget_usd.median)] {
        let sum: f64 = now.parts.iter().filter_map(|part| Some(part.then[at].as_ref()?.usd)).sum();
        assert!(near(sum, median));
    }
    assert_eq!(now.edits.len(), 4);
    session.apply(Action::Run("baseline.keep"));
    let second = Kept::Baseline(BaselineId::new("baseline-2"));
    let between = session.compared_baselines(&first, &second).unwrap();
    assert_eq!(between.edits.len(), 4);
    assert!(session.compared_baselines(&second, &Kept::Now).unwrap().edits.is_empty());
    assert!(session.compared_baselines(&Kept::Baseline(BaselineId::new("none")), &Kept::Now).is_none());
}

#[test]
fn what_a_baseline_by_hand_does_not_break_down_is_a_part_of_its_own() {
    let mut session = session();
    session.apply(Action::Run("baseline.keep"));
    let now = (*session.project().baselines["baseline-1"]).clone();
    let mut by_hand = now.clone();
    by_hand.parts.truncate(1);
    by_hand.budget_usd.median = 500_000.0;
    for (earlier, later) in [(&by_hand, &now), (&now, &by_hand)] {
        let parts = compared(earlier, later);
        for (at, end) in [earlier, later].into_iter().enumerate() {
            let sum: f64 = parts.iter().filter_map(|part| Some(part.then[at].as_ref()?.usd)).sum();
            assert!(near(sum, end.budget_usd.median), "{parts:#?}");
        }
    }
}

fn ready(session: &Session, from: &End, to: &End) -> Arc<groundplan::session::Between> {
    match session.causes(from, to) {
        Some(Asked::Ready(answer)) => answer,
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn steps_files_and_the_plan_as_opened_can_be_compared() {
    let mut session = session();
    let plan = End::Choice(Choice::Plan);
    assert_eq!(session.usual_from(), End::Choice(Choice::All("django".into())));
    tables(&mut session, 55.0);
    pin(&mut session, "api-gateway", "django");
    assert_eq!(session.usual_from(), End::Opened);
    let (of_tables, of_pin) = (session.history().done()[0].id(), session.history().done()[1].id());
    let whole = ready(&session, &End::Opened, &plan);
    let one = ready(&session, &End::Before(of_tables), &End::After(of_tables));
    let other = ready(&session, &End::Before(of_pin), &plan);
    assert_eq!((one.causes.causes.len(), other.causes.causes.len(), whole.causes.causes.len()), (1, 1, 2));
    assert!(near(one.causes.to.usd, other.causes.from.usd) && near(whole.causes.to.usd, other.causes.to.usd));
    assert_eq!(one.causes.causes[0].differences[0].name, "Order processing");
    // A step that was taken back is there still, and one that was forgotten is not.
    session.undo();
    assert!(session.end_name(&End::Before(of_pin)).is_some());
    tables(&mut session, 56.0);
    assert!(session.end_name(&End::Before(of_pin)).is_none());
    assert!(session.causes(&End::Before(of_pin), &plan).is_none());
    // Another file.
    let path = std::path::PathBuf::from("/plans/telemetry.ron");
    assert!(session.causes(&End::File(path.clone()), &plan).is_none(), "it was not read yet");
    session.set_other(path.clone(), Arc::new(builtin::preset("factory-telemetry")));
    let answer = ready(&session, &End::File(path), &plan);
    assert_eq!(answer.names[0].title, "telemetry.ron");
    assert!(answer.causes.causes.len() > 5);
    // The answer follows the confidence.
    let before = ready(&session, &End::Opened, &plan).causes.to.usd;
    let mut assumptions = session.project().assumptions.clone();
    assumptions.confidence = Confidence::P90;
    session.apply(Action::edit("Show P90 first", vec![Edit::SetAssumptions(assumptions)]));
    assert!(ready(&session, &End::Opened, &plan).causes.to.usd > before);
}

/// Work that waits until the test does it.
#[derive(Clone, Default)]
struct Waiting(Arc<Mutex<Vec<Handed>>>);

impl Waiting {
    fn background(&self) -> Background {
        let Self(queue) = self.clone();
        Background::Handed(Arc::new(move |work| queue.lock().unwrap().push(work)))
    }

    fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// Does what waits, on a thread.
    fn run(&self) {
        for work in self.0.lock().unwrap().drain(..) {
            std::thread::spawn(work).join().unwrap();
        }
    }
}

#[test]
fn while_a_gesture_is_in_flight_nothing_new_is_worked_out() {
    let (mut session, waiting) = (session(), Waiting::default());
    session.set_background(waiting.background());
    let (from, to) = (End::Choice(Choice::All("django".into())), End::Choice(Choice::Plan));
    assert!(matches!(session.causes(&from, &to), Some(Asked::Working(_))));
    waiting.run();
    let answer = ready(&session, &from, &to);
    let edit = Edit::SetTrait(ORDERS.into(), "tables".into(), Some(TraitValue::Number(60.0)));
    session.apply(Action::Gesture { name: "Drag tables".to_owned(), edits: vec![edit] });
    assert!(Arc::ptr_eq(&ready(&session, &from, &to), &answer));
    assert_eq!(waiting.count(), 0);
    session.apply(Action::CommitGesture);
    assert!(matches!(session.causes(&from, &to), Some(Asked::Working(_))));
    assert!(Arc::ptr_eq(&session.last_causes().unwrap(), &answer), "the last answer stays meanwhile");
    waiting.run();
    assert!(!Arc::ptr_eq(&ready(&session, &from, &to), &answer));
}

#[test]
fn work_on_a_thread_stops_once_it_is_cancelled() {
    let (mut session, (go, gate)) = (session(), channel::<()>());
    let (ended, end) = channel::<()>();
    let gate = Arc::new(Mutex::new(gate));
    let hand_over = move |work: Handed| {
        let (gate, ended): (_, Sender<()>) = (Arc::clone(&gate), ended.clone());
        std::thread::spawn(move || {
            gate.lock().unwrap().recv().unwrap();
            work();
            ended.send(()).unwrap();
        });
    };
    session.set_background(Background::Handed(Arc::new(hand_over)));
    let (from, to) = (End::Choice(Choice::All("django".into())), End::Choice(Choice::Plan));
    assert!(matches!(session.causes(&from, &to), Some(Asked::Working(_))));
    session.cancel_causes();
    go.send(()).unwrap();
    end.recv().unwrap();
    assert_eq!(session.causes(&from, &to), Some(Asked::Cancelled));
    session.causes_again();
    assert!(matches!(session.causes(&from, &to), Some(Asked::Working(_))));
    go.send(()).unwrap();
    end.recv().unwrap();
    assert!(matches!(session.causes(&from, &to), Some(Asked::Ready(_))));
}

fn dock(session: Session, topic: ScenarioTopic) -> Window<DockState> {
    let mut state = DockState { tab: groundplan::session::DockTab::Scenarios, ..DockState::default() };
    state.scenario = topic;
    let mut window = window(session, state, [1100.0, 420.0], dock_ui);
    window.run_ok();
    window
}

fn spoken(window: &Window<DockState>, role: Role) -> Vec<String> {
    let words = |node: Node<'_>| node.accesskit_node().label().or_else(|| node.value());
    window.query_all_by_role(role).filter_map(words).collect()
}

/// The number in a figure such as `+$12,345` or `−$3`.
fn dollars(text: &str) -> f64 {
    text.replace(['$', ',', '+'], "").replace('−', "-").trim().parse().unwrap()
}

#[test]
fn the_waterfall_sums_as_it_is_written_and_a_bar_leads_to_its_component() {
    let mut session = session();
    tables(&mut session, 55.0);
    pin(&mut session, "api-gateway", "django");
    let mut assumptions = session.project().assumptions.clone();
    (assumptions.rate_usd_per_person_week, assumptions.contingency) = (5_150.0, 0.07);
    session.apply(Action::edit("Set rate", vec![Edit::SetAssumptions(assumptions)]));
    let mut window = dock(session, ScenarioTopic::Causes);
    let figure = |label: &String| label.rsplit_once(": ").map(|(_, figure)| dollars(figure));
    let bars: Vec<String> = [Role::Button, Role::Label].iter().flat_map(|role| spoken(&window, *role)).collect();
    let written = |start: &str| bars.iter().find(|bar| bar.starts_with(start)).and_then(figure).unwrap();
    let (from, to) = (written("As opened: "), written("This plan: "));
    let causes = [
        "Order processing: tables 40 → 55",
        "API gateway: FastAPI → Django",
        "Rate $4,500 → $5,150",
        "Contingency 0 % → 7 %",
    ];
    let sum: f64 = causes.iter().map(|cause| written(cause)).sum();
    assert_eq!(from + sum, to, "{bars:#?}");
    let bar = bars.iter().find(|bar| bar.starts_with(causes[0])).unwrap().clone();
    window.get_by_label(&bar).click();
    window.run_ok();
    assert!(window.state().session.selection().contains(&ElementId::Component(ORDERS.into())));
    // In weeks the rate is no bar, and is said to move nothing.
    window.get_by_label("Weeks").click();
    window.run_ok();
    assert!(window.query_by_label_contains("1 more change does not move the weeks").is_some());
    assert!(window.query_by_label_contains("Rate $4,500").is_none());
}

#[test]
fn both_plans_are_chosen_from_lists_and_change_places() {
    let mut window = dock(session(), ScenarioTopic::Causes);
    assert!(window.query_by_label_contains("From all Django to this plan").is_some());
    window.get_by_role_and_label(Role::ComboBox, "From").click();
    window.run_ok();
    window.get_by_label("All FastAPI").click();
    window.run_ok();
    assert!(window.query_by_label_contains("From all FastAPI to this plan").is_some());
    window.get_by_label("Change places").click();
    window.run_ok();
    assert!(window.query_by_label_contains("From this plan to all FastAPI").is_some());
    window.get_by_role_and_label(Role::ComboBox, "To").click();
    window.run_ok();
    window.get_by_label("Choose a file...").click();
    window.run_ok();
    assert!(window.state().requests.contains(&Request::CompareWith));
    // What the file dialog leads to.
    let path = std::path::Path::new("/plans/telemetry.ron");
    let other = Arc::new(builtin::preset("factory-telemetry"));
    window.state_mut().session.set_other(path.to_owned(), other);
    window.state_mut().state.compare_with(path);
    window.run_ok();
    assert!(window.query_by_label_contains("From this plan to telemetry.ron").is_some());
}

#[test]
fn long_work_shows_its_progress_over_the_last_answer_and_can_be_stopped() {
    let (mut session, waiting) = (session(), Waiting::default());
    session.set_background(waiting.background());
    let mut window = dock(session, ScenarioTopic::Causes);
    waiting.run();
    window.run_steps(2);
    let answer = "From all Django to this plan";
    assert!(window.query_by_label_contains(answer).is_some());
    tables(&mut window.state_mut().session, 55.0);
    window.run_steps(3);
    assert!(window.query_by_label_contains("0 % of it is done").is_some());
    assert!(window.query_by_label_contains(answer).is_some(), "the last answer stays on the screen");
    window.get_by_label("Cancel").click();
    window.run_steps(2);
    assert!(window.query_by_label_contains("of it is done").is_none());
    waiting.run();
    window.run_steps(2);
    assert!(window.query_by_label_contains("Stopped").is_some());
    window.get_by_label("Work it out").click();
    window.run_steps(2);
    waiting.run();
    window.run_steps(2);
    assert!(window.query_by_label_contains("From the plan as opened to this plan").is_some());
    assert!(window.query_by_label_contains("Stopped").is_none());
}

#[test]
fn an_edit_in_the_log_leads_to_what_it_did() {
    let mut session = session();
    tables(&mut session, 55.0);
    moved(&mut session);
    let mut window = dock(session, ScenarioTopic::Log);
    assert!(window.query_by_label_contains("Move it").is_none(), "what only moved is left out at first");
    assert!(window.query_by_label_contains("1 of 2 edits: ").is_some());
    window.get_by_label("All").click();
    window.run_ok();
    assert!(window.query_by_label_contains("Move it: no change").is_some());
    window.get_by_label_contains("Set tables to 55: P50").click();
    window.run_ok();
    assert_eq!(window.state().state.scenario, ScenarioTopic::Causes);
    assert!(window.query_by_label_contains("From before \"Set tables to 55\" to after").is_some());
    assert!(window.query_by_label_contains("Order processing: tables 40 → 55").is_some());
}

#[test]
fn baselines_are_kept_renamed_compared_and_deleted_in_the_window() {
    let mut session = session();
    session.set_today(Some(date(2026, 11, 24)));
    let mut window = dock(session, ScenarioTopic::Log);
    window.get_by_label("Keep a baseline").click();
    window.run_ok();
    assert_eq!(window.state().session.project().baselines.len(), 1);
    tables(&mut window.state_mut().session, 60.0);
    window.run_ok();
    assert!(window.query_by_label_contains("From Baseline 1 to now").is_some());
    let rows = spoken(&window, Role::Label);
    let row = |start: &str| -> Vec<f64> {
        let row = rows.iter().find(|row| row.starts_with(start)).unwrap();
        row.rsplit_once(": ").unwrap().1.split(", ").map(dollars).collect()
    };
    let (orders, rest, sum) = (row("Order processing: "), row("6 parts unchanged: "), row("Sum, P50: "));
    for at in 0..3 {
        assert_eq!(orders[at] + rest[at], sum[at], "{rows:#?}");
    }
    assert_eq!(sum[1] - sum[0], sum[2]);
    assert!(rows.iter().any(|row| row.starts_with("Set tables to 60: +")), "{rows:#?}");
    // As the window does when one is kept: its name is ready to be typed over.
    let asked = window.state().requests.iter().find_map(|request| match request {
        Request::Baseline(id) => Some(id.clone()),
        _ => None,
    });
    window.state_mut().state.show_baseline(asked.unwrap());
    window.run_ok();
    assert!(window.get_by_role_and_label(Role::TextInput, "Name of the baseline").is_focused());
    window.get_by_role_and_label(Role::TextInput, "Name of the baseline").type_text("Offer of March");
    window.key_press(egui::Key::Enter);
    window.run_ok();
    let name = |window: &Window<DockState>| window.state().session.project().baselines[0].name.clone();
    assert_eq!(name(&window), "Offer of March");
    window.get_by_label("Delete Offer of March").click();
    window.run_ok();
    assert!(window.state().session.project().baselines.is_empty());
    window.state_mut().session.undo();
    assert_eq!(window.state().session.project().baselines.len(), 1);
}
