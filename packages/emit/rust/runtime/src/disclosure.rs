//! What of an error may leave this side.

/// When texts that nobody wrote for the caller may cross: messages of panics and of errors that no bridge knows, and
/// backtraces. The option `foreign_text` of the contract's service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// In debug builds only: they may quote any data.
    DebugBuilds,
    /// In no build.
    Never,
    /// In every build.
    Always,
}

/// Stands for a text that stays on this side, and says where to find it.
pub(crate) const WITHHELD: &str = "(withheld; the hook of grout::set_error_hook in Rust sees it)";

/// What may be shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    /// Texts that nobody wrote for the caller.
    pub(crate) foreign: bool,
    /// Messages of codes that the contract marks `redact`.
    pub(crate) redacted: bool,
}

impl Shown {
    pub(crate) const ALL: Self = Self {
        foreign: true,
        redacted: true,
    };
    /// What a status shows: it may go to other systems, whatever the build.
    pub(crate) const TO_OTHERS: Self = Self {
        foreign: true,
        redacted: false,
    };
    #[cfg(test)]
    pub(crate) const NOTHING: Self = Self {
        foreign: false,
        redacted: false,
    };
}

impl Disclosure {
    pub(crate) const fn shown(self) -> Shown {
        self.shown_in(cfg!(debug_assertions))
    }

    /// A code that is marked `redact` is more particular than the service: it wins.
    const fn shown_in(self, is_debug: bool) -> Shown {
        match self {
            Self::DebugBuilds => Shown {
                foreign: is_debug,
                redacted: is_debug,
            },
            Self::Never => Shown {
                foreign: false,
                redacted: false,
            },
            Self::Always => Shown {
                foreign: true,
                redacted: is_debug,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rules E11 and E13
    #[test]
    fn what_is_shown_follows_the_contract_and_the_build() {
        for (disclosure, is_debug, want) in [
            (Disclosure::DebugBuilds, true, (true, true)),
            (Disclosure::DebugBuilds, false, (false, false)),
            (Disclosure::Never, true, (false, false)),
            (Disclosure::Never, false, (false, false)),
            (Disclosure::Always, true, (true, true)),
            (Disclosure::Always, false, (true, false)),
        ] {
            let shown = disclosure.shown_in(is_debug);
            assert_eq!(
                (shown.foreign, shown.redacted),
                want,
                "{disclosure:?} {is_debug}"
            );
        }
    }
}
