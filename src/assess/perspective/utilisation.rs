//! How busy services are, and whether they hold.

use super::classes::{Draft, Subject, Writing};
use crate::{
    assess::capacity::{Answers, Capacity, ServiceCapacity, TargetVerdict},
    explain::capacity as words,
    figures,
    lang::{t, tr},
    palette::Tone,
    project::ComponentId,
};

/// The steps of the scale, in per cent: the same in every project. Seven tenths are the room that is planned with.
const BUSY_PER_CENT: [f64; 6] = [0.0, 25.0, 50.0, 70.0, 85.0, 100.0];

impl Subject<'_> {
    pub(super) fn by_utilisation(&self, capacity: &Capacity) -> Draft {
        let card = |per_cent: f64| tr!("{} busy", figures::share(per_cent / 100.0));
        let writing = Writing { card: &card, tick: &figures::amount, unit: " %", whole: false, edges: &BUSY_PER_CENT };
        let mut draft = Draft::new(t("Utilisation, %"));
        let all = || capacity.services.iter();
        let holds = |service: &ServiceCapacity| !is_unbounded(service) && !is_late(service);
        let busy = |service: &ServiceCapacity| Some(service.planned()?.utilisation? * 100.0);
        let ordinary = all().filter(|(_, service)| holds(service));
        draft.scale(ordinary.map(|(id, service)| (id.clone(), busy(service))).collect(), &writing);
        draft.class(t("Does not hold"), Tone::Error);
        for (id, service) in all().filter(|(_, service)| !holds(service)) {
            let late = || busy(service).map(|per_cent| tr!("{}, too late", card(per_cent)));
            let words = if is_unbounded(service) {
                unbounded(service)
            } else {
                late().unwrap_or_else(|| t("Too late").to_owned())
            };
            draft.put(id, words);
        }
        if let Some(first) = &capacity.bottleneck {
            draft.note = note(&self.project.component_name(&first.component), first.headroom);
            draft.add_to(&first.component, t(", breaks first"));
        }
        draft
    }
}

/// What breaks first, in as few words as a legend has room for.
fn note(name: &str, headroom: f64) -> String {
    if headroom > 1.0 { tr!("Breaks first: {name}", name) } else { tr!("Does not hold: {name}", name) }
}

fn is_unbounded(service: &ServiceCapacity) -> bool {
    service.planned().is_some_and(|planned| planned.answers == Answers::Unbounded)
}

fn is_late(service: &ServiceCapacity) -> bool {
    service.chosen().is_some_and(|server| server.target == TargetVerdict::Missed)
}

fn unbounded(service: &ServiceCapacity) -> String {
    let most = service.chosen().map(|chosen| words::rate(chosen.bounded_up_to_per_s()));
    most.map_or_else(|| t("Unbounded").to_owned(), |most| tr!("Unbounded, at most {most}", most))
}

impl Draft {
    /// Says something more of a component that has a mark.
    fn add_to(&mut self, id: &ComponentId, words: &str) {
        if let Some(mark) = self.marks.get_mut(id) {
            mark.text.push_str(words);
        }
    }
}
