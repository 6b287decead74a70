//! Help that is too long to stand beside what it explains.

pub(super) const EXAMPLES: &str = "\
Examples:
  groundplan                              open the window
  groundplan plan.ron                     open a project in the window
  groundplan presets                      list the case studies that come with it
  groundplan presets blank > plan.ron     start a project by hand
  groundplan assess plan.ron              verdict, weeks, budget and findings
  groundplan assess plan.ron --json       the same for a program
  groundplan export plan.ron --to md -o plan.md
  groundplan compare plan.ron             the plan beside every other way to build it
  groundplan why plan.ron                 why not another, what would turn it, what to ask next
  groundplan schedule plan.ron            what is done when, by how many, after what
  groundplan capacity plan.ron --peak 3   will it hold, with how many workers, and if the peak is three times as high
  groundplan sensitivity plan.ron         what moves weeks and budget most
  groundplan cases plan.ron               the case studies behind every figure, and what the plan leans on
  groundplan causes plan.ron --from old.ron       what makes the difference, adding up
  groundplan diff old.ron plan.ron        what changed, in words and in numbers
  groundplan merge base.ron ours.ron theirs.ron -o plan.ron       put two versions together
  groundplan reach plan.ron --budget 150k --months 5      what would have to wait for it, or which team it takes
  groundplan baselines plan.ron           what became of the estimates it keeps
  groundplan stack plan.ron               the packages that follow, service by service
  groundplan find plan.ron tables 40      whatever in the plan has these words
  groundplan tidy plan.ron -o plan.ron    lay the drawing out in layers, left to right
  groundplan fmt plan.ron                 bring a file into the form that diffs well
  groundplan repair broken.ron -o copy.ron        what can be read of a damaged file
  groundplan drafts                       what was not saved when the window ended
  groundplan evidence measured            what was measured of the page's claims
  cat plan.ron | groundplan check -       check what comes from elsewhere

Exit codes:
  0  done
  1  `check` or `playbook check` found errors, or `check` what --deny forbids; `merge` left conflicts to decide;
     `diff --exit-code` found a difference; `fmt --check` a file out of form
  2  wrong arguments, input that cannot be read, or output that cannot be written";

pub(super) const REACH_HELP: &str = "\
Examples:
  groundplan reach plan.ron --budget 150k --months 5
  groundplan reach plan.ron --by 2027-08-31 --sure 90 --keep shop
  groundplan reach plan.ron --json                targets from the project

The sets with the fewest services come first, among them those that leave out least.";

pub(super) const CAPACITY_HELP: &str = "\
Examples:
  groundplan capacity plan.ron
  groundplan capacity plan.ron --component shop --json
  groundplan capacity plan.ron --peak 3                   three times the load on the workers planned for now
  groundplan capacity plan.ron --slow weather-api=1000    every call to it takes a second
  groundplan capacity plan.ron --more shop=2 --peak 3     two processes more, on processors of their own
  groundplan capacity plan.ron --gone orders              who fails with it, and who goes on
  groundplan capacity plan.ron --simulate 600 --seed 7    ten minutes played event by event, beside the formulas

Loads are read from the traits of services, else follow from their callers; what nobody has said stays unknown. What a request costs on \
each server was measured, and a house lays its own figures over these (servers.ron and capacity.ron, see docs/playbook.md).";

pub(super) const COMPARE_HELP: &str = "\
Examples:
  groundplan compare plan.ron
  groundplan compare plan.ron --scenarios plan,recommended,four-people
  groundplan compare plan.ron --base recommended --json

A project keeps scenarios under `scenarios`, each with pins, what is put off, and means (team and rates) of its own; what \
is to hold is the project's for all of them. The kept one with the id `plan` is written saved:plan.";

pub(super) const DRAFTS_HELP: &str = "\
Examples:
  groundplan drafts
  groundplan drafts restore 3f9a01bc -o recovered.ron
  groundplan drafts discard 3f9a01bc

The window offers the same at its start. A draft that belongs to a window that is open is left alone (see docs/files.md).";

pub(super) const CHECK_HELP: &str = "\
Examples:
  groundplan check plan.ron
  groundplan check plan.ron --deny warning
  groundplan check plan.ron --sarif > plan.sarif

Findings that the project suppresses with a reason are counted apart and denied by nothing.

Exit codes:
  0  nothing that is denied
  1  errors in the project, or findings that --deny forbids
  2  not a project that can be read";

pub(super) const CAUSES_HELP: &str = "\
Examples:
  groundplan causes plan.ron --from recommended
  groundplan causes plan.ron --from last-month.ron --at p80
  groundplan causes plan.ron --from all-FRAMEWORK --to saved:ID --json

A choice is plan, recommended, all- and the id of a framework that extends no other, or the id of a scenario the project keeps \
(saved:ID where that is called like one of the others). Without --from it is recommended if something is pinned, else the whole on another framework.

Each cause is its mean effect over every order in which the changes could have come, with the frameworks as both verdicts have \
them. That is exact for 12 changes; of more, the smallest are put together first. The figures shown sum as they are written.";

pub(super) const FMT_HELP: &str = "\
Examples:
  groundplan fmt plan.ron other.ron
  groundplan fmt --check plans/*.ron         for a build: names what is not in form, exit code 1
  groundplan fmt - < plan.ron

Files of older formats are written in the present one. A file with comments is left alone unless --drop-comments is said.";

pub(super) const REPAIR_HELP: &str = "\
Examples:
  groundplan repair broken.ron -o what-is-left.ron
  groundplan repair broken.ron > /dev/null        only says what is wrong

Each component and each connection is read by itself, so one that is damaged does not take the rest. What is left out is listed with line
and column on standard error; see docs/files.md.";

pub(super) const DIFF_HELP: &str = "\
Examples:
  groundplan diff last-month.ron plan.ron
  groundplan diff plan.ron - --exit-code < other.ron
  groundplan diff /dev/null plan.ron --json       everything is new
  git difftool --extcmd 'groundplan diff' HEAD~3 -- plan.ron

Things are told apart by id: what has another id is gone and new. What only moved on the drawing is counted apart. \
docs/git.md says how git shows its own diffs in these words.";

pub(super) const MERGE_HELP: &str = "\
Examples:
  groundplan merge base.ron ours.ron theirs.ron -o plan.ron
  groundplan merge base.ron ours.ron theirs.ron --prefer theirs > plan.ron
  groundplan merge base.ron ours.ron theirs.ron -o plan.ron --json

What only one version changed is taken from it. Where both changed the same, the result has what OURS says and the conflict is listed. \
docs/git.md says how git merges with it.

Exit codes:
  0  merged, or every conflict decided by --prefer
  1  merged, with conflicts to decide
  2  a version cannot be read, or OUT cannot be written; OUT is as it was";
