//! The main job on the built binary, in a real window on a virtual screen, with a real mouse and keyboard.
//! `.ci/run` runs it: `.ci/on-screen cargo test --test window -- --ignored`.

#![expect(clippy::expect_used, reason = "helpers of a test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread::sleep,
    time::{Duration, Instant},
};

/// Longer than any machine should need; the test goes on as soon as what it waits for is there.
const PATIENCE: Duration = Duration::from_mins(1);
const WIDTH: i32 = 1200;
const HEIGHT: i32 = 800;
/// The middle of the canvas: between palette and inspector, between top bar and dock (sizes of `ui::theme::size`).
const MIDDLE: (i32, i32) = ((228 + WIDTH - 328) / 2, (40 + HEIGHT - 28 - 250) / 2);

const PLAN: &str = r#"(
    format: 2,
    name: "One shop",
    components: {
        "shop": (
            name: "Shop",
            kind: web_application,
            pos: (0, 0),
        ),
    },
)
"#;

/// The program with its window; killed if a test gives up.
struct Window {
    program: Child,
    id: String,
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn xdotool(arguments: &[&str]) -> String {
    let output = Command::new("xdotool").args(arguments).output().expect("xdotool runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Types into whatever has the focus.
fn type_text(words: &str) {
    xdotool(&["type", "--delay", "20", words]);
    sleep(Duration::from_millis(300));
}

/// Waits until `ready` gives something.
fn wait_for<T>(what: &str, mut ready: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = ready() {
            return found;
        }
        assert!(begin.elapsed() < PATIENCE, "waited in vain for {what}");
        sleep(Duration::from_millis(50));
    }
}

impl Window {
    fn open(folder: &Path, file: &Path) -> Self {
        let program = Command::new(env!("CARGO_BIN_EXE_groundplan"))
            .arg(file)
            .env("HOME", folder)
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_STATE_HOME", folder.join("state"))
            .env("XDG_RUNTIME_DIR", folder)
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("WAYLAND_DISPLAY")
            .spawn()
            .expect("the program starts");
        let pid = program.id().to_string();
        let mut window = Self { program, id: String::new() };
        window.id = wait_for("the window", || {
            Some(xdotool(&["search", "--onlyvisible", "--pid", &pid])).filter(|found| !found.is_empty())
        });
        window.id = window.id.lines().next().unwrap_or_default().to_owned();
        let size = (WIDTH.to_string(), HEIGHT.to_string());
        xdotool(&["windowsize", "--sync", &window.id, &size.0, &size.1]);
        xdotool(&["windowfocus", "--sync", &window.id]);
        // Software rendering of the first frames after the change of size.
        sleep(Duration::from_millis(1500));
        window
    }

    fn mouse(&self, (x, y): (i32, i32)) {
        xdotool(&["mousemove", "--window", &self.id, &x.to_string(), &y.to_string()]);
        sleep(Duration::from_millis(60));
    }

    fn drag(&self, from: (i32, i32), to: (i32, i32)) {
        self.mouse(from);
        xdotool(&["mousedown", "1"]);
        sleep(Duration::from_millis(150));
        for step in 1..=10 {
            self.mouse((from.0 + (to.0 - from.0) * step / 10, from.1 + (to.1 - from.1) * step / 10));
        }
        sleep(Duration::from_millis(150));
        xdotool(&["mouseup", "1"]);
        sleep(Duration::from_millis(300));
    }

    fn key(&self, keys: &str) {
        xdotool(&["key", "--window", &self.id, keys]);
        sleep(Duration::from_millis(300));
    }

    /// Runs a command from the command palette.
    fn command(&self, words: &str) {
        self.key("ctrl+k");
        type_text(words);
        self.key("Return");
    }

    /// Saves and waits until the file is another one than `before`.
    fn save(&self, file: &Path, before: &str) -> String {
        self.key("ctrl+s");
        wait_for("the saved file", || fs::read_to_string(file).ok().filter(|text| text != before))
    }
}

fn plan(folder: &Path) -> PathBuf {
    let file = folder.join("plan.ron");
    fs::write(&file, PLAN).expect("the folder can be written to");
    file
}

#[test]
#[ignore = "needs a virtual screen; .ci/run runs it"]
fn drag_add_undo_save_export_and_close_in_a_real_window() {
    let folder = tempfile::tempdir().expect("a folder to work in");
    let file = plan(folder.path());
    let mut window = Window::open(folder.path(), &file);

    window.drag(MIDDLE, (MIDDLE.0 + 100, MIDDLE.1 + 80));
    let moved = window.save(&file, PLAN);
    assert!(!moved.contains("pos: (0, 0)"), "the shop was not moved:\n{moved}");

    // The second row of the palette, below its tabs, its search field and a caption.
    window.drag((110, 197), (MIDDLE.0 - 150, MIDDLE.1 - 90));
    let added = window.save(&file, &moved);
    assert!(added.contains("kind: rest_api"), "nothing was added:\n{added}");

    window.key("ctrl+z");
    window.key("ctrl+z");
    let back = window.save(&file, &added);
    assert_eq!(back, PLAN, "undo goes back to the first bytes");

    // There is no file dialog on this screen, so the program asks for a path itself; Enter takes its suggestion.
    window.key("ctrl+e");
    sleep(Duration::from_millis(500));
    window.key("Return");
    let report = wait_for("the report", || fs::read_to_string(folder.path().join("plan.md")).ok());
    assert!(report.contains("One shop"), "{report}");

    window.key("ctrl+q");
    let status = wait_for("the end of the program", || window.program.try_wait().ok().flatten());
    assert!(status.success(), "{status}");
}

#[test]
#[ignore = "needs a virtual screen; .ci/run runs it"]
fn an_estimate_is_kept_work_put_off_and_the_ways_to_build_it_exported_by_keyboard() {
    let folder = tempfile::tempdir().expect("a folder to work in");
    let file = plan(folder.path());
    let mut window = Window::open(folder.path(), &file);

    // The cursor is in the name of what is kept, all of it selected.
    window.command("keep a baseline");
    type_text("Offer");
    window.key("Return");
    let kept = window.save(&file, PLAN);
    assert!(kept.contains("baselines") && kept.contains("name: \"Offer\""), "{kept}");

    window.key("ctrl+a");
    window.command("put off");
    let put_off = window.save(&file, &kept);
    assert!(put_off.contains("deferred: true"), "{put_off}");
    window.key("ctrl+z");
    assert_eq!(window.save(&file, &put_off), kept, "one step takes it in again");

    window.command("export scenarios");
    sleep(Duration::from_millis(500));
    window.key("Return");
    let table = wait_for("the table", || fs::read_to_string(folder.path().join("plan.scenarios.csv")).ok());
    assert!(table.lines().count() > 2 && table.starts_with("scenario"), "{table}");

    window.key("ctrl+q");
    let status = wait_for("the end of the program", || window.program.try_wait().ok().flatten());
    assert!(status.success(), "{status}");
}

/// A shop at the left of the middle of the canvas, a store at the right of it.
const TWO: &str = r#"(
    format: 2,
    name: "Two",
    components: {
        "shop": (
            name: "Shop",
            kind: web_application,
            pos: (0, 0),
        ),
        "store": (
            name: "Store",
            kind: relational_database,
            pos: (320, 20),
        ),
    },
)
"#;

#[test]
#[ignore = "needs a virtual screen; .ci/run runs it"]
fn drag_connect_zoom_and_undo_on_the_canvas_in_a_real_window() {
    let folder = tempfile::tempdir().expect("a folder to work in");
    let file = folder.path().join("plan.ron");
    fs::write(&file, TWO).expect("the folder can be written to");
    let mut window = Window::open(folder.path(), &file);
    // Everything fits at 100 %: the middle of the drawing is the middle of the canvas.
    let on_screen = |x: i32, y: i32| (MIDDLE.0 + x - 240, MIDDLE.1 + y - 40);

    // From the handle at the right side of the shop to the store.
    window.mouse(on_screen(98, 40));
    sleep(Duration::from_millis(300));
    window.drag(on_screen(196 + 12, 40), on_screen(400, 40));
    let connected = window.save(&file, TWO);
    assert!(connected.contains("from: \"shop\"") && connected.contains("protocol: database"), "{connected}");

    // Moved, and the connection stays.
    window.drag(on_screen(400, 40), on_screen(400, 160));
    let moved = window.save(&file, &connected);
    assert!(!moved.contains("pos: (320, 20)") && moved.contains("from: \"shop\""), "{moved}");

    // Closer with Ctrl and the wheel over the shop, which stays under the pointer: a drag by 60 points is a shorter way on the sheet.
    window.mouse(on_screen(20, 40));
    xdotool(&["keydown", "ctrl"]);
    for _ in 0..4 {
        xdotool(&["click", "4"]);
        sleep(Duration::from_millis(120));
    }
    xdotool(&["keyup", "ctrl"]);
    sleep(Duration::from_millis(500));
    window.drag(on_screen(20, 40), on_screen(20, 100));
    let near = window.save(&file, &moved);
    let shop = near.find("\"shop\"").and_then(|at| near[at..].split("pos: (").nth(1)).expect("the shop has a place");
    let y: f64 = shop.split([',', ')']).nth(1).and_then(|y| y.trim().parse().ok()).expect("a number");
    assert!((10.0..55.0).contains(&y), "moved by {y}: the sheet was not closer");

    // Esc while dragging: nothing was.
    window.mouse(on_screen(20, 100));
    xdotool(&["mousedown", "1"]);
    sleep(Duration::from_millis(150));
    for step in 1..=5 {
        window.mouse(on_screen(20 + 10 * step, 100 + 5 * step));
    }
    window.key("Escape");
    xdotool(&["mouseup", "1"]);
    sleep(Duration::from_millis(300));

    // Three steps back to the first bytes, three forth to the last.
    for _ in 0..3 {
        window.key("ctrl+z");
    }
    assert_eq!(window.save(&file, &near), TWO, "undo goes back to the first bytes");
    for _ in 0..3 {
        window.key("ctrl+y");
    }
    assert_eq!(window.save(&file, TWO), near, "redo goes to the last bytes");

    window.key("ctrl+q");
    let status = wait_for("the end of the program", || window.program.try_wait().ok().flatten());
    assert!(status.success(), "{status}");
}

#[test]
#[ignore = "needs a virtual screen; .ci/run runs it"]
fn what_was_cut_comes_back_to_its_place_through_the_desktop_s_clipboard() {
    let folder = tempfile::tempdir().expect("a folder to work in");
    let file = folder.path().join("plan.ron");
    fs::write(&file, TWO).expect("the folder can be written to");
    let window = Window::open(folder.path(), &file);
    // Off the sheet and on it: in place is in place.
    let mut before = TWO.to_owned();
    for pointer in [(100, 20), (MIDDLE.0 + 200, MIDDLE.1 + 150)] {
        window.mouse(pointer);
        window.key("ctrl+a");
        window.key("ctrl+x");
        let empty = window.save(&file, &before);
        assert!(!empty.contains("pos"), "{empty}");
        window.key("ctrl+shift+v");
        before = window.save(&file, &empty);
        assert_eq!(before, TWO);
    }
}
