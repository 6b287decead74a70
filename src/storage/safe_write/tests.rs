use std::{
    ffi::OsStr,
    fs,
    os::unix::{
        ffi::OsStrExt as _,
        fs::{MetadataExt as _, PermissionsExt as _, symlink},
    },
    path::Path,
    thread,
};

use super::*;
use crate::storage::{Now, read_known, sweep_beside};

fn in_folder(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Puts a file in the place of another as careful programs do.
fn replace_by_rename(file: &Path, contents: &str) {
    let beside = file.with_extension("new");
    fs::write(&beside, contents).unwrap();
    fs::rename(beside, file).unwrap();
}

#[test]
fn only_what_was_expected_is_replaced() {
    type Other = fn(&Path);
    let print = |text: &str| Expected::This(Fingerprint::of(text.as_bytes()));
    let table: [(&str, Expected, Other, bool); 11] = [
        ("nothing happened", print("old"), |_| {}, true),
        ("touched", print("old"), |file| fs::write(file, "old").unwrap(), true),
        ("put in its place, the same", print("old"), |file| replace_by_rename(file, "old"), true),
        ("written to, as long", print("old"), |file| fs::write(file, "odd").unwrap(), false),
        ("longer", print("old"), |file| fs::write(file, "older").unwrap(), false),
        ("put in its place", print("old"), |file| replace_by_rename(file, "odd"), false),
        ("deleted", print("old"), |file| fs::remove_file(file).unwrap(), false),
        (
            "a link to another",
            print("old"),
            |file| {
                replace_by_rename(&file.with_file_name("target"), "odd");
                fs::remove_file(file).unwrap();
                symlink("target", file).unwrap();
            },
            false,
        ),
        ("nothing should be there", Expected::Nothing, |_| {}, false),
        ("nothing is there", Expected::Nothing, |file| fs::remove_file(file).unwrap(), true),
        ("anything goes", Expected::Anything, |file| fs::write(file, "odd").unwrap(), true),
    ];
    for (what, expected, happens, may) in table {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plan.ron");
        fs::write(&file, "old").unwrap();
        happens(&file);
        let (there, names) = (fs::read(&file).ok(), in_folder(folder.path()));
        let done = replace_file(&file, b"new", &expected);
        if may {
            assert!(done.is_ok(), "{what}: {done:?}");
            assert_eq!(fs::read(&file).unwrap(), b"new", "{what}");
        } else {
            let found = there.as_deref().map(Fingerprint::of);
            assert!(matches!(done, Err(SaveError::Changed { found: seen, .. }) if seen == found), "{what}: {done:?}");
            assert_eq!(fs::read(&file).ok(), there, "{what}");
            assert_eq!(in_folder(folder.path()), names, "{what}: nothing is left beside it");
        }
    }
}

#[test]
fn of_many_who_write_at_once_nobody_replaces_what_they_have_not_seen() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("count");
    fs::write(&file, "0").unwrap();
    let adds = |file: &Path| {
        let mut added = 0;
        for _ in 0..40 {
            let text = fs::read_to_string(file).unwrap();
            let next = (text.parse::<u32>().unwrap() + 1).to_string();
            let expected = Expected::This(Fingerprint::of(text.as_bytes()));
            match replace_file(file, next.as_bytes(), &expected) {
                Ok(_) => added += 1,
                Err(SaveError::Changed { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
        added
    };
    let added: u32 = thread::scope(|scope| {
        let writers: Vec<_> = (0..4).map(|_| scope.spawn(|| adds(&file))).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    assert_eq!(fs::read_to_string(&file).unwrap(), added.to_string(), "each that was told it is written is in it");
    assert!(added >= 40);
}

#[test]
fn a_lock_that_somebody_keeps_stops_nobody_from_saving() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    let kept = File::open(folder.path()).unwrap();
    kept.try_lock().unwrap();
    replace_file(&file, b"new", &Expected::Nothing).unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"new");
}

#[test]
fn names_and_folders_of_every_kind_are_written_to_or_refused_in_words() {
    let longest = "x".repeat(251) + ".ron";
    let (longer, not_text) = ("x".repeat(252) + ".ron", OsStr::from_bytes(b"pl\xe4n \xff.ron"));
    let folder = tempfile::tempdir().unwrap();
    for name in [OsStr::new(&longest), not_text] {
        for text in ["first", "second"] {
            write_file(&folder.path().join(name), text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), text);
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    let too_long = write_file(&folder.path().join(longer), b"").unwrap_err();
    assert!(matches!(too_long, SaveError::BadName(_)) && too_long.to_string().contains("choose another"), "{too_long}");
    // A folder of that name is in the way.
    fs::create_dir(folder.path().join("plan.ron")).unwrap();
    assert!(matches!(write_file(&folder.path().join("plan.ron"), b""), Err(SaveError::NotAFile(_))));
    // The folder vanished.
    let gone = folder.path().join("gone/plan.ron");
    let print = Expected::This(Fingerprint::of(b"old"));
    assert!(matches!(replace_file(&gone, b"", &print), Err(SaveError::NoFolder(_))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn what_a_file_has_beside_its_contents_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o604)).unwrap();
    let flags = rustix::fs::XattrFlags::empty();
    let has_attributes = rustix::fs::setxattr(&file, "user.project", b"Harbour", flags).is_ok();
    // Only root may give files away.
    let given = std::os::unix::fs::chown(&file, Some(65_534), Some(65_534)).is_ok();
    let old = fs::metadata(&file).unwrap();
    write_file(&file, b"new").unwrap();
    let new = fs::metadata(&file).unwrap();
    assert_ne!(old.ino(), new.ino());
    assert_eq!((new.mode(), new.uid(), new.gid()), (old.mode(), old.uid(), old.gid()));
    if !given {
        println!("not root: that the owner is kept was not tried");
    }
    let mut value = [0; 20];
    if has_attributes {
        let length = rustix::fs::getxattr(&file, "user.project", &mut value[..]).unwrap();
        assert_eq!(&value[..length], b"Harbour");
    } else {
        println!("this file system has no attributes: that they are kept was not tried");
    }
}

#[test]
fn a_link_whose_file_is_gone_is_told_and_leads_to_the_new_file() {
    let folder = tempfile::tempdir().unwrap();
    let (link, target) = (folder.path().join("plan.ron"), folder.path().join("target.ron"));
    fs::write(&target, "old").unwrap();
    symlink("target.ron", &link).unwrap();
    let print = Expected::This(Fingerprint::of(b"old"));
    replace_file(&link, b"old", &print).unwrap();
    fs::remove_file(&target).unwrap();
    assert!(matches!(replace_file(&link, b"new", &print), Err(SaveError::Changed { found: None, .. })));
    assert!(!target.exists());
    replace_file(&link, b"new", &Expected::Nothing).unwrap();
    assert_eq!(fs::read(&target).unwrap(), b"new");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(matches!(replace_file(&link, b"more", &Expected::Nothing), Err(SaveError::Changed { found: Some(_), .. })));
}

#[test]
fn what_a_killed_save_left_behind_is_gone_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str| File::create(folder.path().join(name)).unwrap();
    for name in [".groundplan-aB3xYz.tmp", "groundplan-mine.tmp", ".other-aB3xYz.tmp"] {
        make(name);
    }
    let at_work = make(".groundplan-now.tmp");
    at_work.lock().unwrap();
    fs::create_dir(folder.path().join(".groundplan-folder.tmp")).unwrap();
    std::os::unix::fs::symlink("plan.ron", folder.path().join(".groundplan-link.tmp")).unwrap();
    let pipe = folder.path().join(".groundplan-pipe.tmp");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    write_file(&folder.path().join("plan.ron"), b"new").unwrap();
    let mut left = vec![
        ".groundplan-folder.tmp",
        ".groundplan-link.tmp",
        ".groundplan-now.tmp",
        ".groundplan-pipe.tmp",
        ".other-aB3xYz.tmp",
        "groundplan-mine.tmp",
        "plan.ron",
    ];
    assert_eq!(in_folder(folder.path()), left);
    drop(at_work);
    sweep_beside(&folder.path().join("plan.ron"));
    left.retain(|name| *name != ".groundplan-now.tmp");
    assert_eq!(in_folder(folder.path()), left, "whoever made it is gone");
}

#[test]
fn whoever_sweeps_while_others_save_takes_nothing_from_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    std::thread::scope(|scope| {
        let savers: Vec<_> = (0..3)
            .map(|i| {
                let file = &file;
                scope.spawn(move || (0..40).for_each(|_| write_file(file, format!("{i}").as_bytes()).unwrap()))
            })
            .collect();
        while savers.iter().any(|saver| !saver.is_finished()) {
            sweep_beside(&file);
        }
    });
    assert_eq!(in_folder(folder.path()), ["plan.ron"]);
}

#[test]
fn other_names_of_a_file_keep_the_old_version_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (file, other) = (folder.path().join("plan.ron"), folder.path().join("other.ron"));
    assert!(!replace_file(&file, b"old", &Expected::Nothing).unwrap().had_other_names);
    fs::hard_link(&file, &other).unwrap();
    assert!(replace_file(&file, b"new", &Expected::Anything).unwrap().had_other_names);
    assert_eq!((fs::read(&file).unwrap(), fs::read(&other).unwrap()), (b"new".to_vec(), b"old".to_vec()));
}

#[test]
fn a_file_is_known_again_whatever_its_times_say() {
    type Other = fn(&Path);
    let table: [(&str, Other, bool); 5] = [
        ("nothing", |_| {}, true),
        ("touched", |file| fs::write(file, "old").unwrap(), true),
        (
            "another one of the same size and time",
            |file| {
                let times = fs::FileTimes::new().set_modified(fs::metadata(file).unwrap().modified().unwrap());
                replace_by_rename(file, "odd");
                File::options().write(true).open(file).unwrap().set_times(times).unwrap();
            },
            false,
        ),
        (
            "written to, with its time put back",
            |file| {
                let times = fs::FileTimes::new().set_modified(fs::metadata(file).unwrap().modified().unwrap());
                fs::write(file, "odd").unwrap();
                File::options().write(true).open(file).unwrap().set_times(times).unwrap();
            },
            false,
        ),
        ("written to", |file| fs::write(file, "odd").unwrap(), false),
    ];
    for (what, happens, same) in table {
        // Both an old file, whose times are trusted, and a young one, which is read.
        for age in [0, 3_600] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("plan.ron");
            fs::write(&file, "old").unwrap();
            let modified = std::time::SystemTime::now() - Duration::from_secs(age);
            File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
            let (_, mut known) = read_known(&file).unwrap();
            happens(&file);
            let now = known.look(&file).unwrap();
            assert_eq!(now == Now::Same, same, "{what}, {age} s old: {now:?}");
            assert_eq!(known.look(&file).unwrap(), now, "{what}: the same answer again");
            fs::remove_file(&file).unwrap();
            assert_eq!(known.look(&file).unwrap(), Now::Gone);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(read_known(folder.path()).unwrap_err().to_string().contains("a folder, a pipe or a device"));
}

/// An access control list as the system keeps it: besides owner, group and others, this user may read.
#[cfg(target_os = "linux")]
fn access_for(user: u32) -> Vec<u8> {
    let nobody_in_particular = u32::MAX;
    let entries: [(u16, u16, u32); 5] = [
        (0x01, 6, nobody_in_particular),
        (0x02, 4, user),
        (0x04, 4, nobody_in_particular),
        (0x10, 4, nobody_in_particular),
        (0x20, 0, nobody_in_particular),
    ];
    let mut bytes = 2_u32.to_le_bytes().to_vec();
    for (tag, permissions, id) in entries {
        bytes.extend([tag.to_le_bytes(), permissions.to_le_bytes()].concat());
        bytes.extend(id.to_le_bytes());
    }
    bytes
}

#[cfg(target_os = "linux")]
#[test]
fn who_may_read_a_file_is_who_might_before_it_was_saved() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};

    let (access, default) = ("system.posix_acl_access", "system.posix_acl_default");
    let list_of = |file: &Path| {
        let mut buffer = vec![0; 1024];
        getxattr(file, access, buffer.as_mut_slice()).map(|length| buffer[..length].to_vec()).ok()
    };
    let folder = tempfile::tempdir().unwrap();
    let [open, closed] = ["open.ron", "closed.ron"].map(|name| folder.path().join(name));
    fs::write(&open, "old").unwrap();
    fs::write(&closed, "old").unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o640)).unwrap();
    if setxattr(&open, access, &access_for(12_345), XattrFlags::empty()).is_err() {
        return; // a file system without such lists
    }
    // New files here would be open to somebody else.
    setxattr(folder.path(), default, &access_for(54_321), XattrFlags::empty()).unwrap();
    for file in [&open, &closed] {
        write_file(file, b"new").unwrap();
        assert_eq!(fs::read(file).unwrap(), b"new");
    }
    assert_eq!(list_of(&open), Some(access_for(12_345)));
    assert_eq!(list_of(&closed), None, "what a folder gives to new files is no matter of one that was there");
    assert_eq!(fs::metadata(&closed).unwrap().permissions().mode() & 0o777, 0o640);
}
