//! Ways to build a plan, side by side: the chances of targets, and that each column is what the plan would be.

use groundplan::{
    assess::{Chances, Distribution, Estimate, Targets},
    project::{Assumptions, Deadline},
};
use jiff::civil::date;

fn estimate(weeks: f64, budget_usd: f64) -> Estimate {
    let spread = |median| Distribution { median, log_sd: 0.3 };
    Estimate { weeks: spread(weeks), budget_usd: spread(budget_usd), ..Estimate::default() }
}

#[test]
fn a_target_is_kept_as_likely_as_the_range_says() {
    let of = |budget_usd, deadline_weeks| Targets { budget_usd, deadline_weeks }.chance(&estimate(20.0, 100_000.0));
    assert_eq!(of(None, None), Chances::default());
    assert_eq!(of(Some(100_000.0), None), Chances { budget: Some(0.5), ..Chances::default() });
    assert_eq!(of(None, Some(20.0)).deadline, Some(0.5));
    assert_eq!(of(None, Some(0.0)).deadline, Some(0.0), "nothing is done at once");
    let (low, high) = (estimate(20.0, 1.0).weeks.quantile(0.2), estimate(1.0, 100_000.0).budget_usd.quantile(0.9));
    let both = of(Some(high), Some(low));
    let near = |chance: Option<f64>, wanted: f64| assert!((chance.unwrap() - wanted).abs() < 1e-9, "{chance:?}");
    near(both.budget, 0.9);
    near(both.deadline, 0.2);
    near(both.both, 0.2);
    near(both.both_at_least, 0.1);
    near(of(Some(50_000.0), Some(10.0)).both_at_least, 0.0);
}

#[test]
fn targets_are_those_of_the_assumptions() {
    let mut assumptions = Assumptions::default();
    assert!(Targets::of(&assumptions).is_empty());
    assumptions.target_budget_usd = Some(150_000.0);
    assumptions.deadline = Some(Deadline::Date(date(2027, 3, 12)));
    let wanted = Targets { budget_usd: Some(150_000.0), deadline_weeks: None };
    assert_eq!(Targets::of(&assumptions), wanted, "a date without a first day is no deadline");
    assumptions.start = Some(date(2027, 3, 1));
    assert_eq!(Targets::of(&assumptions).deadline_weeks, Some(2.0));
}
