//! Counts what this library allocates at multiples of 64: nothing but the buffers of its contract is.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

const ALIGN: usize = 64;

static LIVE: AtomicU64 = AtomicU64::new(0);

/// How many buffers are not freed.
pub fn live_buffers() -> u64 {
    LIVE.load(Ordering::Relaxed)
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: the system's allocator does it all.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout);
        // SAFETY: the caller keeps what this asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout);
        // SAFETY: the caller keeps what this asks for.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        if layout.align() == ALIGN {
            LIVE.fetch_sub(1, Ordering::Relaxed);
        }
        // SAFETY: the caller keeps what this asks for.
        unsafe { System.dealloc(ptr, layout) }
    }
}

fn count(layout: Layout) {
    if layout.align() == ALIGN {
        LIVE.fetch_add(1, Ordering::Relaxed);
    }
}
