//! The schedule for other programs: the key `schedule` of the report, and what `groundplan schedule --json` writes. The schema is
//! documented in `docs/schedule-json.md`; a change that would break a reader raises its number.

use serde::Serialize;

use super::{ExportError, ExportInput};
use crate::{
    assess::{Lane, MilestoneKind, Schedule, Segment, Task, Wait, schedule},
    project::{ComponentId, Confidence, FrameworkId, Timetable},
    text,
};

/// The version of the schema of `groundplan schedule --json`.
const SCHEDULE_SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    project: &'a str,
    #[serde(flatten)]
    schedule: Parts<'a>,
}

/// A schedule as other programs read it.
#[derive(Serialize)]
pub(super) struct Parts<'a> {
    team_size: f64,
    first_day: Option<String>,
    factor_p80: f64,
    end: End,
    components: Vec<Row<'a>>,
    milestones: Vec<Reached<'a>>,
    chain: Vec<Name<'a>>,
}

#[derive(Serialize)]
struct Begin {
    weeks: f64,
    date: Option<String>,
}

#[derive(Serialize)]
struct End {
    weeks: f64,
    weeks_p80: f64,
    date: Option<String>,
    date_p80: Option<String>,
}

#[derive(Serialize)]
struct Row<'a> {
    component: Option<&'a str>,
    name: Option<String>,
    framework: Option<&'a str>,
    begin: Begin,
    end: End,
    person_weeks: f64,
    chain_weeks: f64,
    phases: Vec<Phase<'a>>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the schema's")]
struct Phase<'a> {
    phase: &'a str,
    begin: Begin,
    end: End,
    team_weeks: f64,
    person_weeks: f64,
    people: Vec<People>,
    after: Vec<Name<'a>>,
    waited_for: Option<Waited<'a>>,
    on_chain: bool,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the schema's")]
struct People {
    from_weeks: f64,
    to_weeks: f64,
    people: f64,
}

/// Names a task.
#[derive(Serialize)]
struct Name<'a> {
    component: Option<&'a str>,
    phase: &'a str,
}

#[derive(Serialize)]
struct Waited<'a> {
    why: &'static str,
    #[serde(flatten)]
    task: Name<'a>,
}

#[derive(Serialize)]
struct Reached<'a> {
    kind: &'static str,
    phase: Option<&'a str>,
    component: Option<&'a str>,
    #[serde(flatten)]
    end: End,
}

/// The schedule of a project alone, as JSON with a line break at its end.
pub fn schedule_json(input: &ExportInput) -> Result<Vec<u8>, ExportError> {
    let made = schedule(input.playbook, input.project, input.assessment);
    let report = Report { schema: SCHEDULE_SCHEMA, project: &input.project.name, schedule: parts(input, &made) };
    Ok(text::json(&report)?.into_bytes())
}

/// A schedule as other programs read it.
pub(super) fn parts<'a>(input: &ExportInput<'a>, made: &'a Schedule) -> Parts<'a> {
    let timetable = input.project.assumptions.timetable();
    Writer { input: *input, made, timetable: timetable.as_ref() }.parts()
}

struct Writer<'a, 'b> {
    input: ExportInput<'a>,
    made: &'a Schedule,
    timetable: Option<&'b Timetable>,
}

impl<'a> Writer<'a, '_> {
    fn parts(&self) -> Parts<'a> {
        Parts {
            team_size: self.made.team_size,
            first_day: self.timetable.map(|timetable| timetable.first().to_string()),
            factor_p80: self.made.at(1.0, Confidence::P80.probability()),
            end: self.end(self.made.end_weeks()),
            components: self.made.lanes.iter().map(|lane| self.row(lane)).collect(),
            milestones: self.milestones(),
            chain: self.made.chain.iter().map(|task| self.name(*task)).collect(),
        }
    }

    fn begin(&self, weeks: f64) -> Begin {
        Begin { weeks, date: self.timetable.map(|timetable| timetable.date_of(weeks).to_string()) }
    }

    fn end(&self, weeks: f64) -> End {
        let weeks_p80 = self.made.at(weeks, Confidence::P80.probability());
        let date = |weeks| self.timetable.map(|timetable| timetable.finish_of(weeks).to_string());
        End { weeks, weeks_p80, date: date(weeks), date_p80: date(weeks_p80) }
    }

    fn phase_id(&self, phase: usize) -> &'a str {
        self.input.playbook.estimate.phases.get(phase).map_or("", |phase| phase.id.as_str())
    }

    fn name(&self, task: usize) -> Name<'a> {
        let task = &self.made.tasks[task];
        let component = self.made.lanes[task.lane].component.as_ref().map(ComponentId::as_str);
        Name { component, phase: self.phase_id(task.phase) }
    }

    fn row(&self, lane: &'a Lane) -> Row<'a> {
        Row {
            component: lane.component.as_ref().map(ComponentId::as_str),
            name: lane.component.as_ref().map(|id| self.input.project.component_name(id)),
            framework: lane.framework.as_ref().map(FrameworkId::as_str),
            begin: self.begin(lane.start_weeks),
            end: self.end(lane.end_weeks),
            person_weeks: lane.person_weeks,
            chain_weeks: lane.chain_weeks,
            phases: self.made.tasks_of(lane).iter().map(|task| self.phase(task)).collect(),
        }
    }

    fn phase(&self, task: &'a Task) -> Phase<'a> {
        let people = |segment: &Segment| People {
            from_weeks: segment.from_weeks,
            to_weeks: segment.to_weeks,
            people: segment.people,
        };
        let why = match task.waited_for {
            Wait::People(_) => "people",
            Wait::Nothing | Wait::Work(_) => "work",
        };
        Phase {
            phase: self.phase_id(task.phase),
            begin: self.begin(task.start_weeks),
            end: self.end(task.end_weeks),
            team_weeks: task.team_weeks,
            person_weeks: task.person_weeks,
            people: task.segments.iter().map(people).collect(),
            after: task.after.iter().map(|before| self.name(*before)).collect(),
            waited_for: task.waited_for.task().map(|before| Waited { why, task: self.name(before) }),
            on_chain: task.on_chain,
        }
    }

    fn milestones(&self) -> Vec<Reached<'a>> {
        let reached = |milestone: &crate::assess::Milestone| {
            let (kind, phase, lane) = match milestone.kind {
                MilestoneKind::Phase(phase) => ("phase", Some(phase), None),
                MilestoneKind::FirstLive(lane) => ("first_live", None, Some(lane)),
                MilestoneKind::Done => ("done", None, None),
            };
            let component = lane.and_then(|lane: usize| self.made.lanes[lane].component.as_ref());
            Reached {
                kind,
                phase: phase.map(|phase| self.phase_id(phase)),
                component: component.map(ComponentId::as_str),
                end: self.end(milestone.weeks),
            }
        };
        self.made.milestones.iter().map(reached).collect()
    }
}
