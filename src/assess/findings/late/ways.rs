//! What brings a late answer in time, each tried out on the service and all that it waits for.

use super::{Late, MS, TIMES, TRIED, fixes};
use crate::{
    assess::{
        capacity::{OutOfReachBy, Then},
        evaluate::whole_up,
        findings::in_words,
        types::Fix,
    },
    lang::tr,
    playbook::TraitKind,
    project::{ComponentId, Edit, TraitId, TraitValue},
    text::number,
};

impl Late<'_> {
    /// What brings it in time, each tried out.
    pub(super) fn fixes(&self) -> Vec<Fix> {
        let mut fixes = Vec::new();
        // No workers and no other order of calls make computing shorter.
        if self.out_of_reach() != Some(OutOfReachBy::Computing) {
            let own = self.own_workers().into_iter().chain(self.unsettled()).chain(self.together());
            fixes.extend(own.filter_map(|fix| self.tried(fix)));
            fixes.extend(self.others_workers().or_else(|| self.all_that_are_needed()));
        }
        fixes.extend(self.elsewhere().into_iter().filter_map(|fix| self.tried(fix)));
        fixes.extend(self.another_target());
        fixes
    }

    /// With what becomes of it, where that is in time.
    fn tried(&self, fix: Fix) -> Option<Fix> {
        let then = self.in_time(&fix.edits)?;
        Some(self.told(fix, &then))
    }

    fn told(&self, mut fix: Fix, then: &Then) -> Fix {
        if let (Some(then_s), Some(now_s)) = (then.p95_s, self.plan.answers.p95_s()) {
            fix.label = tr!("{0}: {1} ms instead of {2}", fix.label, number(whole_up(then_s / MS)), self.ms(now_s));
        }
        self.tell(&mut fix, then.more_usd);
        fix
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

    /// Workers that wait for each other need no processors of their own, which those have that somebody settles.
    fn unsettled(&self) -> Option<Fix> {
        let workers = self.check.workers().filter(|_| self.service.locks_up() && self.service.workers.is_some())?;
        let known = self.subject.playbook.traits.get(workers)?;
        let label = tr!("Leave \"{}\" to the plan", known.label);
        Some(Fix { label, edits: vec![Edit::SetTrait(self.id().clone(), workers.clone(), None)] })
    }

    /// Also where the planned server makes them at once anyhow: then others may do so, too.
    fn together(&self) -> Option<Fix> {
        let together = self.subject.playbook.capacity.as_ref()?.traits.together.as_ref();
        let request = &self.service.request;
        let unsaid = request.together != Some(true) && request.call_count() > 1.0;
        unsaid.then(|| self.set(self.id(), together, TraitValue::Flag(true))).flatten()
    }

    /// More workers for those it waits for, the longest line first: the fewest that do.
    fn others_workers(&self) -> Option<Fix> {
        let line_s = |id: &ComponentId| {
            let service = self.check.service(id)?;
            let (chosen, plan) = (service.chosen()?, service.chosen()?.plan.as_ref()?);
            Some(plan.answers.p95_s().map_or(f64::INFINITY, |p95_s| p95_s - chosen.alone_p95_s))
        };
        let others = self.behind().map_or(&[][..], |behind| &behind.ids).iter().skip(1);
        let mut lines: Vec<(ComponentId, f64)> = others
            .filter_map(|id| line_s(id).filter(|line_s| *line_s > 0.0).map(|line_s| (id.clone(), line_s)))
            .collect();
        lines.sort_by(|a, b| b.1.total_cmp(&a.1));
        lines.truncate(TRIED);
        lines.iter().find_map(|(id, _)| self.more_of(id)).or_else(|| self.more_of_all(&lines))
    }

    fn processes(&self, id: &ComponentId) -> Option<u64> {
        Some(self.check.service(id)?.planned()?.deployment.processes)
    }

    fn more_of(&self, id: &ComponentId) -> Option<Fix> {
        let has = self.processes(id)?;
        let counts = std::iter::once(has + 1).chain(TIMES.iter().skip(1).map(|times| has.saturating_mul(*times)));
        let mut counts: Vec<u64> = counts.collect();
        counts.dedup();
        let fix = |count: u64| self.set(id, self.check.workers(), TraitValue::Number(count as f64));
        counts.into_iter().filter_map(fix).find_map(|fix| self.tried(fix))
    }

    /// As many workers as would be planned, for everybody who has fewer: in a circle one alone does not do.
    fn all_that_are_needed(&self) -> Option<Fix> {
        let lacks = |id: &ComponentId| {
            let service = self.check.service(id)?;
            let (has, needs) = (service.workers?, service.chosen()?.needs?.processes);
            let fix = self.set(id, self.check.workers(), TraitValue::Number(needs as f64)).filter(|_| needs > has)?;
            Some((self.name(id).to_owned(), fix.edits))
        };
        let lacking: Vec<(String, Vec<Edit>)> = self.behind()?.ids.iter().filter_map(lacks).collect();
        if lacking.len() < 2 {
            return None;
        }
        let names: Vec<&str> = lacking.iter().map(|(name, _)| name.as_str()).collect();
        let label = tr!("Give {} as many workers as would be planned", in_words(&names));
        self.tried(Fix { label, edits: lacking.into_iter().flat_map(|(_, edits)| edits).collect() })
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
        self.tried(Fix { label: tr!("Give {} twice the workers", in_words(&names)), edits })
    }

    /// On another framework.
    fn elsewhere(&self) -> Vec<Fix> {
        let own = self.subject.framework(self.position);
        let others = self.subject.playbook.frameworks.iter().filter(|(id, _)| Some(*id) != own);
        let pin = |(id, framework): (&crate::project::FrameworkId, &crate::playbook::Framework)| Fix {
            label: tr!("Pin to {}", framework.short_name),
            edits: vec![Edit::SetPin(self.id().clone(), Some(id.clone()))],
        };
        if self.service.held_up_by.is_some() { Vec::new() } else { others.map(pin).collect() }
    }

    /// What is kept as planned; a little more where that alone is not.
    fn another_target(&self) -> Option<Fix> {
        self.target_s?;
        let target = self.subject.playbook.capacity.as_ref()?.traits.target.as_ref();
        let ms = self.plan.answers.p95_s().map(|p95_s| whole_up(p95_s / MS))?;
        [ms, whole_up(ms * 1.05)].into_iter().find_map(|ms| {
            let mut fix = self.set(self.id(), target, TraitValue::Number(ms))?;
            let then = self.in_time(&fix.edits)?;
            self.tell(&mut fix, then.more_usd);
            Some(fix)
        })
    }
}
