//! Whether the display that the window was on still answers. A window ends with it, which is no fault of the program.

#[cfg(target_os = "linux")]
use std::{
    ffi::OsStr,
    net::{TcpStream, ToSocketAddrs as _},
    os::{
        linux::net::SocketAddrExt as _,
        unix::net::{SocketAddr, UnixStream},
    },
    path::Path,
    time::Duration,
};

/// Whether there was a display and nobody answers there any more. Where that cannot be said, it is taken to be there.
#[cfg(target_os = "linux")]
pub(super) fn is_gone() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    // The toolkit takes the first of these that is set.
    if set("WAYLAND_SOCKET").is_some() {
        return false;
    }
    if let Some(name) = set("WAYLAND_DISPLAY") {
        return !wayland_answers(set("XDG_RUNTIME_DIR").as_deref(), &name);
    }
    set("DISPLAY").and_then(|display| x11_answers(display.to_str()?)) == Some(false)
}

/// The same elsewhere, where a window outlives no display.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_gone() -> bool {
    false
}

#[cfg(target_os = "linux")]
fn wayland_answers(runtime_folder: Option<&OsStr>, name: &OsStr) -> bool {
    // A name that is a path from the root is that path.
    let socket = runtime_folder.map_or_else(|| Path::new(name).to_owned(), |folder| Path::new(folder).join(name));
    UnixStream::connect(socket).is_ok()
}

/// Whether somebody answers at an X display like `:0`, `:10.0` or `host:10`; `None` if it is not written like one.
#[cfg(target_os = "linux")]
fn x11_answers(display: &str) -> Option<bool> {
    const FIRST_PORT: u16 = 6000;
    /// A server that is there answers at once, also through a tunnel.
    const PATIENCE: Duration = Duration::from_secs(2);

    let (host, number) = display.rsplit_once(':')?;
    let number: u16 = number.split('.').next()?.parse().ok()?;
    if host.is_empty() || host == "unix" {
        let path = format!("/tmp/.X11-unix/X{number}");
        let hidden = SocketAddr::from_abstract_name(&path).and_then(|address| UnixStream::connect_addr(&address));
        return Some(hidden.is_ok() || UnixStream::connect(path).is_ok());
    }
    let mut addresses = (host, FIRST_PORT.checked_add(number)?).to_socket_addrs().ok()?;
    Some(addresses.any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok()))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn a_display_is_there_as_long_as_somebody_listens() {
        let number = 20_000 + std::process::id() % 30_000;
        let display = format!(":{number}.0");
        assert_eq!(x11_answers(&display), Some(false));
        let address = SocketAddr::from_abstract_name(format!("/tmp/.X11-unix/X{number}")).unwrap();
        let server = UnixListener::bind_addr(&address).unwrap();
        assert_eq!(x11_answers(&display), Some(true));
        drop(server);
        assert_eq!(x11_answers(&display), Some(false));
        assert_eq!(x11_answers("no display"), None, "what cannot be said is no end");

        let folder = tempfile::tempdir().unwrap();
        let answers = || wayland_answers(Some(folder.path().as_os_str()), OsStr::new("wayland-7"));
        assert!(!answers());
        let server = UnixListener::bind(folder.path().join("wayland-7")).unwrap();
        assert!(answers());
        drop(server);
        assert!(!answers(), "what is left of a socket answers nobody");
    }
}
