//! Answers that come too late as planned, each with what mends it; and loads that contradict each other.

mod ways;

use std::{
    cell::{Cell, OnceCell},
    collections::HashMap,
};

use super::{Subject, fixes, found};
use crate::{
    assess::{
        capacity::{
            Behind, Check, OutOfReachBy, Performance, ServiceCapacity, TargetVerdict, Then, Tried, contradicted,
        },
        evaluate::whole_up,
        types::{Finding, Fix},
    },
    figures::Money,
    lang::{t, tr},
    playbook::Severity,
    project::{ComponentId, Edit, ElementId, TraitValue},
    text::number,
};

/// Rules that speak of a service's own time and workers.
const OF_ONE: [&str; 4] = ["calls-in-a-row", "target-out-of-reach", "target-below-one-call", "too-few-workers"];
/// Those of them that say it is late.
const OF_TIME: [&str; 3] = ["calls-in-a-row", "target-out-of-reach", "target-below-one-call"];
/// The one that says so of workers.
const TOO_FEW: &str = "too-few-workers";
/// The one that a plan answers by itself where its server makes calls at once.
const IN_A_ROW: &str = "calls-in-a-row";
/// How many times the workers of somebody who is waited for are tried.
const TIMES: [u64; 4] = [1, 2, 4, 8];
/// So many of those who are waited for are tried.
const TRIED: usize = 3;
/// Less than this a month is no difference, in US dollars.
const NO_DIFFERENCE_USD: f64 = 0.5;
const MS: f64 = 1e-3;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    contradicting(subject, findings);
    let Some(check) = subject.check else { return };
    let mut own: HashMap<ElementId, Vec<usize>> = HashMap::new();
    for (place, finding) in findings.iter().enumerate().filter(|(_, finding)| is_of_one(finding)) {
        if let Some(element) = finding.elements.first() {
            own.entry(element.clone()).or_default().push(place);
        }
    }
    let (mut answered, mut further) = (vec![false; findings.len()], Vec::new());
    for position in subject.graph.services() {
        let Some(service) = check.service(subject.id(position)) else { continue };
        let Some(late) = Late::new(subject, check, position, service) else { continue };
        let mut places = own.remove(&subject.element(position)).unwrap_or_default();
        places.retain(|place| {
            answered[*place] = late.answers(&findings[*place]);
            !answered[*place]
        });
        further.extend(late.find(findings, &places));
    }
    let mut answered = answered.into_iter();
    findings.retain(|_| !answered.next().unwrap_or_default());
    findings.extend(further);
}

fn is_of_one(finding: &Finding) -> bool {
    OF_ONE.contains(&finding.rule.as_str())
}

/// A service whose callers send more than it is tagged with.
fn contradicting(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let told = subject.traffic.map(|traffic| contradicted(subject.graph, traffic)).unwrap_or_default();
    for (position, own, callers) in told {
        let peak = subject.playbook.capacity.as_ref().and_then(|settings| settings.traits.peak.as_ref());
        let known = peak.and_then(|id| subject.playbook.traits.get(id));
        let message = tr!(
            "{0} is tagged with {1} requests a second, and its callers send {2}",
            subject.name(position),
            number(own),
            number(callers)
        );
        let set = known.map(|known| fixes::set(subject.id(position), known, TraitValue::Number(callers.ceil())));
        findings.push(
            found("load-below-callers", Severity::Warning, message, vec![subject.element(position)])
                .because(
                    t("What a service says of itself is planned with, so with less than comes it is too small. Say the larger one, or how many calls its callers make."),
                    &[],
                )
                .mended_by(set),
        );
    }
}

struct Late<'l> {
    subject: &'l Subject<'l>,
    check: &'l Check<'l>,
    position: usize,
    service: &'l ServiceCapacity,
    plan: &'l Performance,
    /// `None` where it is only too few workers that are spoken of.
    target_s: Option<f64>,
    /// What changes are tried on; nothing where that is more than is looked at.
    behind: OnceCell<Option<Behind>>,
    seen: Seen,
}

/// What changes came to that were tried.
#[derive(Default)]
struct Seen {
    tried: Cell<bool>,
    not_tried: Cell<bool>,
}

impl<'l> Late<'l> {
    /// `None` where nobody says what comes.
    fn new(
        subject: &'l Subject<'l>,
        check: &'l Check<'l>,
        position: usize,
        service: &'l ServiceCapacity,
    ) -> Option<Self> {
        let (plan, target_s) = (service.chosen()?.plan.as_ref()?, service.target_s);
        let (behind, seen) = (OnceCell::new(), Seen::default());
        Some(Self { subject, check, position, service, plan, target_s, behind, seen })
    }

    fn id(&self) -> &'l ComponentId {
        self.subject.graph.components[self.position].0
    }

    /// What the plan does anyhow need not be asked for, and what is in time as planned is not late: rules go by means and by the service
    /// alone.
    fn answers(&self, finding: &Finding) -> bool {
        let rule = finding.rule.as_str();
        let Some(chosen) = self.service.chosen() else { return false };
        chosen.gathers && rule == IN_A_ROW || chosen.target == TargetVerdict::Met && OF_TIME.contains(&rule)
    }

    /// Looks through what rules say of it at these places; what there is to say where they say nothing.
    fn find(&self, findings: &mut [Finding], own: &[usize]) -> Option<Finding> {
        if !self.service.fails() {
            for place in own {
                findings[*place].fixes.iter_mut().for_each(|fix| self.tell_cost(fix));
            }
            return None;
        }
        if own.is_empty() {
            let of_time = || self.target_s.map(|target_s| self.finding(target_s));
            return of_time().or_else(|| self.service.locks_up().then(|| self.lock_up()));
        }
        let mut further: Option<Vec<Fix>> = None;
        for place in own {
            let finding = &mut findings[*place];
            finding.fixes.retain_mut(|fix| self.mends(fix));
            if finding.fixes.is_empty() {
                finding.fixes.clone_from(further.get_or_insert_with(|| self.fixes()));
            }
            self.say_what_was_tried(finding);
        }
        None
    }

    fn behind(&self) -> Option<&Behind> {
        self.behind.get_or_init(|| self.check.behind(self.position)).as_ref()
    }

    fn then(&self, edits: &[Edit]) -> Tried {
        let tried = self.behind().map_or(Tried::Not, |behind| self.check.then(behind, edits));
        let which = if matches!(tried, Tried::Not) { &self.seen.not_tried } else { &self.seen.tried };
        which.set(true);
        tried
    }

    /// What becomes of it, if it is known to be in time.
    fn in_time(&self, edits: &[Edit]) -> Option<Then> {
        match self.then(edits) {
            Tried::Then(then) => Some(then).filter(|then| then.in_time),
            Tried::Unknown | Tried::Not => None,
        }
    }

    /// Whether a fix brings it in time; then it says what it costs. What is not known stays.
    fn mends(&self, fix: &mut Fix) -> bool {
        match self.then(&fix.edits) {
            Tried::Then(then) => {
                if then.in_time {
                    self.tell(fix, then.more_usd);
                }
                then.in_time
            }
            Tried::Unknown => true,
            Tried::Not => {
                fix.label.push_str(t(" (not tried on this plan)"));
                true
            }
        }
    }

    fn tell_cost(&self, fix: &mut Fix) {
        if let Tried::Then(then) = self.then(&fix.edits) {
            self.tell(fix, then.more_usd);
        }
    }

    fn tell(&self, fix: &mut Fix, more_usd: f64) {
        if more_usd.abs() < NO_DIFFERENCE_USD {
            return;
        }
        let money = Money::of(self.subject.whole).full(more_usd.abs());
        let which = if more_usd > 0.0 { t("more") } else { t("less") };
        let joint = if fix.label.contains(": ") { "," } else { ":" };
        fix.label = tr!("{}{joint} {money} a month {which}", fix.label, joint, money, which);
    }

    /// Three answers that are not to be taken for each other: what mends it stands there, nothing tried does, or not all was tried.
    fn say_what_was_tried(&self, finding: &mut Finding) {
        let Seen { tried, not_tried } = &self.seen;
        let all = !not_tried.get();
        finding.why.push_str(match (finding.fixes.is_empty(), all, tried.get()) {
            (true, true, _) if self.service.locks_up() => {
                t(" No single change here mends it: break the circle, by a queue in place of one of its calls or by calling less.")
            }
            (true, true, _) => {
                t(" No single change here brings it in time: make fewer calls, compute less, or agree on another target.")
            }
            (true, false, true) => {
                t(" What was tried here does not bring it in time, and not all was tried: too much of this plan is late, or takes part in this answer.")
            }
            (true, false, false) => {
                t(" What brings it in time was not tried: too much of this plan is late, or takes part in this answer.")
            }
            (false, false, _) => t(" Not every change was tried: too much of this plan is late, or takes part in this answer."),
            (false, true, _) => "",
        });
    }

    /// Of a service without a target, whose workers are settled.
    fn lock_up(&self) -> Finding {
        let name = self.subject.name(self.position);
        let message = tr!("The workers of {name} can all end up waiting for each other", name);
        let why = t(
            "Its requests wait, by way of others, for workers of its own. With all of them held by such as wait, nobody is answered any more.",
        );
        let finding = found(TOO_FEW, Severity::Warning, message, vec![self.subject.element(self.position)]);
        let mut finding = finding.because(why, &[8, 18]).mended_by(self.fixes());
        self.say_what_was_tried(&mut finding);
        finding
    }

    fn finding(&self, target_s: f64) -> Finding {
        let name = self.subject.name(self.position);
        let due = number(whole_up(target_s / MS));
        let by = self.out_of_reach();
        let message = match (&self.service.held_up_by, self.plan.answers.p95_s()) {
            (Some(other), _) => {
                let other = self.name(other);
                let computes = self.service.chosen().filter(|_| by == Some(OutOfReachBy::Computing));
                let computes = computes.map(|chosen| tr!(", computes for {} ms", self.ms(chosen.demand.cpu_s)));
                let computes = computes.unwrap_or_default();
                tr!(
                    "{name} is due within {due} ms{computes} and waits for {other}, which cannot answer what comes",
                    name,
                    due,
                    computes,
                    other
                )
            }
            (None, None) if self.service.locks_up() => {
                tr!("{name} is due within {due} ms, and its workers can all end up waiting for each other", name, due)
            }
            (None, None) => {
                tr!("{name} is due within {due} ms and cannot answer what comes with the workers it has", name, due)
            }
            (None, Some(p95_s)) => {
                let takes = self.ms(p95_s);
                let of = match by {
                    Some(OutOfReachBy::Computing) => t(", as its own computing takes that long"),
                    Some(OutOfReachBy::Waiting) => t(", as what it waits for takes that long"),
                    Some(OutOfReachBy::Both) => t(", as what it waits for and its own computing take that long"),
                    None => "",
                };
                tr!(
                    "{name} answers 95 of 100 requests within {takes} ms as planned{of}, and {due} ms are due",
                    name,
                    takes,
                    of,
                    due
                )
            }
        };
        let why = if by == Some(OutOfReachBy::Computing) {
            t("Workers answer more requests, and none of them sooner: an answer takes no less than its own computing.")
        } else {
            t(
                "An answer takes as long as those it waits for, with the time they stand in line: more workers where the line is make it shorter, others do not.",
            )
        };
        let element = self.subject.element(self.position);
        let finding = found("target-missed", Severity::Warning, message, vec![element]);
        let mut finding = finding.because(why, &[4, 16]).mended_by(self.fixes());
        self.say_what_was_tried(&mut finding);
        finding
    }

    fn out_of_reach(&self) -> Option<OutOfReachBy> {
        self.service.chosen()?.out_of_reach(self.target_s?)
    }

    /// In whole milliseconds, unless that would look as if it were in time.
    fn ms(&self, seconds: f64) -> String {
        let ms = seconds / MS;
        if self.target_s.is_some_and(|target_s| ms.round() > target_s / MS) {
            number(ms.round())
        } else {
            number((ms * 100.0).ceil() / 100.0)
        }
    }

    fn name<'n>(&'n self, id: &'n ComponentId) -> &'n str {
        self.subject.graph.project.components.get(id).map_or(id.as_str(), |component| component.name.as_str())
    }
}
