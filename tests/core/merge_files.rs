//! Two versions of a project put together where they are files: by the command, and by git, which calls it.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::fs;

use crate::{
    common::{cli, git},
    merge::{plan, set},
};
use cli::{err, out, run};
use git::{Repository, command};
use groundplan::{
    project::{
        Edit, Project, TraitValue,
        merge::{Version, merge},
    },
    storage::{from_text, to_text},
};
use kurbo::Point;
use serde_json::Value;

/// Three files in a folder, and their paths.
fn files(folder: &std::path::Path, versions: [&Project; 3]) -> [String; 3] {
    let mut names = ["base.ron", "ours.ron", "theirs.ron"].into_iter().zip(versions).map(|(name, project)| {
        let path = folder.join(name);
        fs::write(&path, to_text(project).unwrap()).unwrap();
        path.to_str().unwrap().to_owned()
    });
    std::array::from_fn(|_| names.next().unwrap())
}

#[test]
fn the_command_writes_the_merge_and_lists_what_is_to_be_decided() {
    let folder = tempfile::tempdir().unwrap();
    let (base, mut ours, mut theirs) = (plan(), plan(), plan());
    set(&mut ours, "shop", "tables", 40.0);
    set(&mut theirs, "shop", "roles", 5.0);
    let [b, o, t] = files(folder.path(), [&base, &ours, &theirs]);
    let target = folder.path().join("out.ron");
    let target = target.to_str().unwrap();
    let clean = run(&["merge", &b, &o, &t, "-o", target]);
    assert_eq!((clean.status.code(), out(&clean), err(&clean)), (Some(0), "", ""));
    let written = from_text(&fs::read_to_string(target).unwrap()).unwrap();
    assert_eq!(written.components["shop"].traits.len(), 2);
    assert_eq!(written, merge(&base, &ours, &theirs, Version::Ours).project);
    let shown = run(&["merge", &b, &o, &t]);
    assert_eq!(out(&shown), fs::read_to_string(target).unwrap());

    set(&mut theirs, "shop", "tables", 50.0);
    let [b, o, t] = files(folder.path(), [&base, &ours, &theirs]);
    let both = run(&["merge", &b, &o, &t, "-o", &o, "--json", "--name", "plans/plan.ron"]);
    assert_eq!(both.status.code(), Some(1), "{}", err(&both));
    assert!(err(&both).contains("conflict: Shop [shop]: tables 12 → 40 in ours, tables 12 → 50 in theirs"));
    assert!(err(&both).contains("plans/plan.ron: 1 conflict"), "{}", err(&both));
    let json: Value = serde_json::from_str(out(&both)).unwrap();
    assert_eq!((&json["schema"], &json["clean"]), (&1.into(), &false.into()));
    let one = &json["conflicts"][0];
    assert_eq!((&one["kind"], &one["thing"]["id"]), (&"field".into(), &"shop".into()));
    assert_eq!([&one["base"], &one["ours"], &one["theirs"]], [&Value::from(12), &Value::from(40), &Value::from(50)]);
    let written = from_text(&fs::read_to_string(&o).unwrap()).unwrap();
    assert_eq!(written.components["shop"].traits["tables"], TraitValue::Number(40.0));
    assert_eq!(written.components["shop"].traits["roles"], TraitValue::Number(5.0));

    let [b, o, t] = files(folder.path(), [&base, &ours, &theirs]);
    let decided = run(&["merge", &b, &o, &t, "-o", &o, "--prefer", "theirs"]);
    assert_eq!(decided.status.code(), Some(0), "{}", err(&decided));
    assert!(err(&decided).contains("decided for theirs"));
    let written = from_text(&fs::read_to_string(&o).unwrap()).unwrap();
    assert_eq!(written.components["shop"].traits["tables"], TraitValue::Number(50.0));
}

#[test]
fn what_cannot_be_read_leaves_the_result_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let [b, o, t] = files(folder.path(), [&plan(), &plan(), &plan()]);
    let before = fs::read_to_string(&o).unwrap();
    for (base, theirs) in
        [("(format: 1, name: \"x\",\n<<<<<<<", "fine"), ("fine", ""), ("fine", "(format: 99, name: \"x\")")]
    {
        for (path, text) in [(&b, base), (&t, theirs)] {
            let text = if text == "fine" { to_text(&plan()).unwrap() } else { text.to_owned() };
            fs::write(path, text).unwrap();
        }
        let output = run(&["merge", &b, &o, &t, "-o", &o]);
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        assert!(err(&output).contains(".ron"), "{}", err(&output));
        assert_eq!(fs::read_to_string(&o).unwrap(), before);
    }
    fs::write(&b, "").unwrap();
    fs::write(&t, &before).unwrap();
    let output = run(&["merge", &b, &o, &t, "-o", &o]);
    assert_eq!(output.status.code(), Some(0), "an empty base is none: {}", err(&output));
    assert_eq!(fs::read_to_string(&o).unwrap(), before);
}

/// A repository that merges with our driver, with the plan on two branches.
fn repository(ours: impl FnOnce(&mut Project), theirs: impl FnOnce(&mut Project)) -> Repository {
    let driver = command("merge %O %A %B -o %A --name %P");
    let repository = Repository::new(&[("merge.groundplan.name", "Groundplan"), ("merge.groundplan.driver", &driver)]);
    let (mut a, mut b) = (plan(), plan());
    repository.write("plan.ron", &to_text(&plan()).unwrap());
    repository.commit("Plan");
    repository.git(&["checkout", "-q", "-b", "other"]);
    theirs(&mut b);
    repository.write("plan.ron", &to_text(&b).unwrap());
    repository.commit("Theirs");
    repository.git(&["checkout", "-q", "main"]);
    ours(&mut a);
    repository.write("plan.ron", &to_text(&a).unwrap());
    repository.commit("Ours");
    repository
}

#[test]
fn git_merges_two_branches_that_move_and_tag_different_components() {
    let repository = repository(
        |ours| {
            ours.apply(&Edit::Place("shop".into(), (10.0, 20.0).into()));
            set(ours, "shop", "tables", 40.0);
        },
        |theirs| {
            theirs.apply(&Edit::Place("db".into(), (900.0, 20.0).into()));
            set(theirs, "shop", "endpoints", 9.0);
            set(theirs, "mailer", "background-jobs", 3.0);
        },
    );
    repository.git(&["merge", "-q", "-m", "Merge", "other"]);
    let merged = from_text(&repository.read("plan.ron")).unwrap();
    assert_eq!(merged.components["shop"].pos_world, Some(Point::new(10.0, 20.0)));
    assert_eq!(merged.components["db"].pos_world, Some(Point::new(900.0, 20.0)));
    assert_eq!(merged.components["shop"].traits.len(), 3);
    assert_eq!(merged.components["mailer"].traits.len(), 1);
    assert_eq!(out(&repository.git(&["status", "--porcelain"])), "");
}

#[test]
fn git_leaves_what_both_changed_to_the_person() {
    let repository = repository(
        |ours| set(ours, "shop", "tables", 40.0),
        |theirs| {
            set(theirs, "shop", "tables", 50.0);
            set(theirs, "mailer", "background-jobs", 3.0);
        },
    );
    let output = repository.try_git(&["merge", "-m", "Merge", "other"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(err(&output).contains("conflict: Shop [shop]: tables 12 → 40 in ours, tables 12 → 50 in theirs"));
    assert!(out(&output).contains("CONFLICT (content): Merge conflict in plan.ron"), "{}", out(&output));
    assert!(out(&repository.git(&["status", "--porcelain"])).starts_with("UU plan.ron"));
    let left = from_text(&repository.read("plan.ron")).expect("what is left is a project, without marks of git");
    assert_eq!(left.components["shop"].traits["tables"], TraitValue::Number(40.0));
    assert_eq!(left.components["mailer"].traits.len(), 1, "what only theirs changed is in it");
    repository.git(&["add", "plan.ron"]);
    repository.git(&["commit", "-q", "-m", "Decided"]);
}

#[test]
fn git_keeps_ours_where_a_version_cannot_be_read() {
    let repository =
        repository(|ours| set(ours, "shop", "tables", 40.0), |theirs| set(theirs, "mailer", "background-jobs", 3.0));
    repository.git(&["checkout", "-q", "other"]);
    repository.write("plan.ron", "(format: 1, name: \"broken\"");
    repository.commit("Broken");
    repository.git(&["checkout", "-q", "main"]);
    let before = repository.read("plan.ron");
    let output = repository.try_git(&["merge", "-m", "Merge", "other"]);
    assert!(err(&output).contains("Nothing was merged: git keeps plan.ron as ours has it"), "{output:?}");
    assert_eq!(repository.read("plan.ron"), before);
    assert!(out(&repository.git(&["status", "--porcelain"])).starts_with("UU plan.ron"), "nothing is lost: {output:?}");
}
