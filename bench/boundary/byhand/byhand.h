#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t id;
  int64_t time;
  double score;
} byhand_note;

// Bytes that Rust owns until byhand_free.
typedef struct {
  uintptr_t address;
  size_t len;
  size_t capacity;
} byhand_owned;

// Pointers that are passed in are lent for the call, and valid for the length that comes with them.
void byhand_noop(void);
uint64_t byhand_sum(uint64_t a, uint64_t b, uint64_t c);
intptr_t byhand_mark(byhand_note *note, const uint8_t *name, size_t name_len, uint8_t *buffer, size_t capacity);
uint64_t byhand_put_lent(const uint8_t *data, size_t len);
uint64_t byhand_put_copied(const uint8_t *data, size_t len);
uintptr_t byhand_get_lent(size_t len);
void byhand_get_owned(size_t len, byhand_owned *owned);
// Entries, one behind the other: the length of a key in 32 bits, the key, a number of 64 bits.
void byhand_scan(size_t count, byhand_owned *owned);
void byhand_free(const byhand_owned *owned);
uintptr_t byhand_adder_open(uint64_t start);
uint64_t byhand_adder_sum(uintptr_t adder, uint64_t a, uint64_t b, uint64_t c);
void byhand_adder_close(uintptr_t adder);

// Each calls Go so many times. Go writes the name to the buffer, and returns its length, or -1.
uint64_t byhand_sum_back(uint64_t (*function)(uint64_t, uint64_t, uint64_t), uint64_t times);
uint64_t byhand_mark_back(intptr_t (*function)(byhand_note *, uint8_t *, size_t, uint8_t *, size_t), uint64_t times);
