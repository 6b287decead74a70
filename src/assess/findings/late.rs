//! Answers that come too late as planned, each with what mends it; and loads that contradict each other.

use super::{Subject, fixes, found};
use crate::{
    assess::{
        capacity::{Answers, Check, Performance, ServiceCapacity, TargetVerdict, contradicted},
        evaluate::whole_up,
        types::{Finding, Fix},
    },
    figures::Money,
    playbook::{Severity, TraitKind},
    project::{ComponentId, Edit, ElementId, TraitId, TraitValue},
    text::number,
};

/// Rules that speak of a service's own time and workers.
const OF_ONE: [&str; 4] = ["calls-in-a-row", "target-out-of-reach", "target-below-one-call", "too-few-workers"];
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
    for position in subject.graph.services() {
        let Some(service) = check.service(subject.id(position)) else { continue };
        if let Some(late) = Late::new(subject, check, position, service) {
            late.find(findings);
        }
    }
}

/// A service whose callers send more than it is tagged with.
fn contradicting(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (position, own, callers) in contradicted(subject.playbook, subject.graph) {
        let peak = subject.playbook.capacity.as_ref().and_then(|settings| settings.traits.peak.as_ref());
        let known = peak.and_then(|id| subject.playbook.traits.get(id));
        let message = format!(
            "{} is tagged with {} requests a second, and its callers send {}",
            subject.name(position),
            number(own),
            number(callers)
        );
        let set = known.map(|known| fixes::set(subject.id(position), known, TraitValue::Number(callers.ceil())));
        findings.push(
            found("load-below-callers", Severity::Warning, message, vec![subject.element(position)])
                .because(
                    "What a service says of itself is planned with, so with less than comes it is too small. Say the larger one, or how many calls its callers make.",
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
    target_s: f64,
}

impl<'l> Late<'l> {
    /// `None` where nobody says what comes, or by when an answer is due.
    fn new(
        subject: &'l Subject<'l>,
        check: &'l Check<'l>,
        position: usize,
        service: &'l ServiceCapacity,
    ) -> Option<Self> {
        let plan = service.chosen()?.plan.as_ref()?;
        Some(Self { subject, check, position, service, plan, target_s: service.target_s? })
    }

    fn id(&self) -> &'l ComponentId {
        self.subject.graph.components[self.position].0
    }

    fn is_late(&self) -> bool {
        let missed = self.service.chosen().is_some_and(|chosen| chosen.target == TargetVerdict::Missed);
        missed || self.plan.answers == Answers::Unbounded
    }

    fn find(&self, findings: &mut Vec<Finding>) {
        let element = ElementId::Component(self.id().clone());
        let gathers = self.service.chosen().is_some_and(|chosen| chosen.gathers);
        let own =
            |finding: &Finding| OF_ONE.contains(&finding.rule.as_str()) && finding.elements.first() == Some(&element);
        // What the plan does anyhow need not be asked for.
        findings.retain(|finding| !(own(finding) && gathers && finding.rule.as_str() == IN_A_ROW));
        let said = findings.iter().any(own);
        if !self.is_late() {
            for finding in findings.iter_mut().filter(|finding| own(finding)) {
                finding.fixes.iter_mut().for_each(|fix| self.tell_cost(fix));
            }
            return;
        }
        if !said {
            findings.push(self.finding());
            return;
        }
        let mut further = true;
        for finding in findings.iter_mut().filter(|finding| own(finding)) {
            finding.fixes.retain_mut(|fix| self.mends(fix));
            if finding.fixes.is_empty() && std::mem::take(&mut further) {
                finding.fixes = self.fixes();
                say_if_none(finding);
            }
        }
    }

    /// Whether a fix brings it in time; then it says what it costs. What is not known stays.
    fn mends(&self, fix: &mut Fix) -> bool {
        let Some(then) = self.check.then(self.id(), &fix.edits) else { return true };
        if then.in_time {
            self.tell(fix, then.more_usd);
        }
        then.in_time
    }

    fn tell_cost(&self, fix: &mut Fix) {
        if let Some(then) = self.check.then(self.id(), &fix.edits) {
            self.tell(fix, then.more_usd);
        }
    }

    fn tell(&self, fix: &mut Fix, more_usd: f64) {
        if more_usd.abs() < NO_DIFFERENCE_USD {
            return;
        }
        let money = Money::of(self.subject.whole).full(more_usd.abs());
        let which = if more_usd > 0.0 { "more" } else { "less" };
        let joint = if fix.label.contains(": ") { "," } else { ":" };
        fix.label = format!("{}{joint} {money} a month {which}", fix.label);
    }

    fn finding(&self) -> Finding {
        let name = self.subject.name(self.position);
        let due = number(whole_up(self.target_s / MS));
        let message = match (&self.service.held_up_by, self.plan.answers.p95_s()) {
            (Some(by), _) => {
                let by = self.name(by);
                format!("{name} is due within {due} ms and waits for {by}, which cannot answer what comes")
            }
            (None, None) => {
                format!("{name} is due within {due} ms and cannot answer what comes with the workers it has")
            }
            (None, Some(p95_s)) => {
                let (takes, waits) = (self.ms(p95_s), self.service.chosen().map_or(0.0, |chosen| chosen.alone_p95_s));
                let of = if waits > self.target_s { ", as what it waits for takes that long" } else { "" };
                format!("{name} answers 95 of 100 requests within {takes} ms as planned{of}, and {due} ms are due")
            }
        };
        let element = self.subject.element(self.position);
        let mut finding = found("target-missed", Severity::Warning, message, vec![element])
            .because(
                "An answer takes as long as those it waits for, with the time they stand in line: more workers where the line is make it shorter, others do not.",
                &[4, 16],
            )
            .mended_by(self.fixes());
        say_if_none(&mut finding);
        finding
    }

    /// In whole milliseconds, unless that would look as if it were in time.
    fn ms(&self, seconds: f64) -> String {
        let ms = seconds / MS;
        let due = self.target_s / MS;
        if ms.round() > due { number(ms.round()) } else { number((ms * 100.0).ceil() / 100.0) }
    }

    fn name<'n>(&'n self, id: &'n ComponentId) -> &'n str {
        self.subject.graph.project.components.get(id).map_or(id.as_str(), |component| component.name.as_str())
    }

    /// What brings it in time, each tried out.
    fn fixes(&self) -> Vec<Fix> {
        let mut fixes: Vec<Fix> = self.own_workers().into_iter().chain(self.together()).collect();
        fixes.extend(self.others_workers());
        fixes.extend(self.elsewhere());
        let mut fixes: Vec<Fix> = fixes.into_iter().filter_map(|fix| self.tried(fix)).collect();
        fixes.extend(self.another_target());
        fixes
    }

    fn tried(&self, mut fix: Fix) -> Option<Fix> {
        let then = self.check.then(self.id(), &fix.edits).filter(|then| then.in_time)?;
        if let (Some(then_s), Some(now_s)) = (then.p95_s, self.plan.answers.p95_s()) {
            fix.label = format!("{}: {} ms instead of {}", fix.label, number(whole_up(then_s / MS)), self.ms(now_s));
        }
        self.tell(&mut fix, then.more_usd);
        Some(fix)
    }

    fn set(&self, id: &ComponentId, of: Option<&TraitId>, value: TraitValue) -> Option<Fix> {
        let known = self.subject.playbook.traits.get(of?)?;
        if let (TraitKind::Number { least, most, .. }, TraitValue::Number(value)) = (&known.value, &value)
            && !(least..=most).contains(&value)
        {
            return None;
        }
        let fix = fixes::set(id, known, value);
        let whose = if id == self.id() { String::new() } else { format!("{}: ", self.name(id)) };
        Some(Fix { label: format!("{whose}{}", fix.label), ..fix })
    }

    /// As many as would be planned, where somebody says how many there are.
    fn own_workers(&self) -> Option<Fix> {
        let needs = self.service.chosen()?.needs?.processes;
        let more = self.service.workers.is_some_and(|has| needs > has);
        let value = TraitValue::Number(needs as f64);
        more.then(|| self.set(self.id(), self.check.workers(), value)).flatten()
    }

    fn together(&self) -> Option<Fix> {
        let together = self.subject.playbook.capacity.as_ref()?.traits.together.as_ref();
        let in_a_row = !self.service.chosen()?.gathers && self.service.request.call_count() > 1.0;
        in_a_row.then(|| self.set(self.id(), together, TraitValue::Flag(true))).flatten()
    }

    /// More workers for those it waits for, the longest line first: the fewest that do.
    fn others_workers(&self) -> Option<Fix> {
        let line_s = |id: &ComponentId| {
            let service = self.check.service(id)?;
            let (chosen, plan) = (service.chosen()?, service.chosen()?.plan.as_ref()?);
            Some(plan.answers.p95_s().map_or(f64::INFINITY, |p95_s| p95_s - chosen.alone_p95_s))
        };
        let others = self.check.behind(self.id()).into_iter().skip(1);
        let mut lines: Vec<(ComponentId, f64)> =
            others.filter_map(|id| line_s(&id).filter(|line_s| *line_s > 0.0).map(|line_s| (id, line_s))).collect();
        lines.sort_by(|a, b| b.1.total_cmp(&a.1));
        lines.truncate(TRIED);
        let in_time = |fix: &Fix| self.check.then(self.id(), &fix.edits).is_some_and(|then| then.in_time);
        lines.iter().find_map(|(id, _)| self.more_of(id, in_time)).or_else(|| self.more_of_all(&lines))
    }

    fn processes(&self, id: &ComponentId) -> Option<u64> {
        Some(self.check.service(id)?.planned()?.deployment.processes)
    }

    fn more_of(&self, id: &ComponentId, in_time: impl Fn(&Fix) -> bool) -> Option<Fix> {
        let has = self.processes(id)?;
        let counts = std::iter::once(has + 1).chain(TIMES.iter().skip(1).map(|times| has.saturating_mul(*times)));
        let mut counts: Vec<u64> = counts.collect();
        counts.dedup();
        let fix = |count: u64| self.set(id, self.check.workers(), TraitValue::Number(count as f64));
        counts.into_iter().filter_map(fix).find(in_time)
    }

    /// Twice the workers of all of them.
    fn more_of_all(&self, lines: &[(ComponentId, f64)]) -> Option<Fix> {
        if lines.len() < 2 {
            return None;
        }
        let twice = |(id, _): &(ComponentId, f64)| {
            let value = TraitValue::Number(2.0 * self.processes(id)? as f64);
            Some(self.set(id, self.check.workers(), value)?.edits)
        };
        let edits: Vec<Edit> = lines.iter().filter_map(twice).flatten().collect();
        let names: Vec<&str> = lines.iter().map(|(id, _)| self.name(id)).collect();
        Some(Fix { label: format!("Give {} twice the workers", super::in_words(&names)), edits })
    }

    /// On another framework.
    fn elsewhere(&self) -> Vec<Fix> {
        let own = self.subject.framework(self.position);
        let others = self.subject.playbook.frameworks.iter().filter(|(id, _)| Some(*id) != own);
        let pin = |(id, framework): (&crate::project::FrameworkId, &crate::playbook::Framework)| Fix {
            label: format!("Pin to {}", framework.short_name),
            edits: vec![Edit::SetPin(self.id().clone(), Some(id.clone()))],
        };
        if self.service.held_up_by.is_some() { Vec::new() } else { others.map(pin).collect() }
    }

    /// What is kept as planned; a little more where that alone is not.
    fn another_target(&self) -> Option<Fix> {
        let target = self.subject.playbook.capacity.as_ref()?.traits.target.as_ref();
        let ms = self.plan.answers.p95_s().map(|p95_s| whole_up(p95_s / MS))?;
        [ms, whole_up(ms * 1.05)].into_iter().find_map(|ms| {
            let mut fix = self.set(self.id(), target, TraitValue::Number(ms))?;
            let then = self.check.then(self.id(), &fix.edits).filter(|then| then.in_time)?;
            self.tell(&mut fix, then.more_usd);
            Some(fix)
        })
    }
}

fn say_if_none(finding: &mut Finding) {
    if finding.fixes.is_empty() {
        finding.why.push_str(
            " No single change here brings it in time: make fewer calls, compute less, or agree on another target.",
        );
    }
}
