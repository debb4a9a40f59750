/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Included ahead of each probe's first line, so that the probe itself needs no word about user space.
 *
 * - What the host sets before it loads an object is "const volatile"; here the tests set it, so const goes.
 * - "asm volatile(...)" holds BPF instructions: fences, and masks that tell the verifier what is true anyway. Each
 *   becomes a point where a test may let something happen on another CPU, and so does each atomic operation.
 */
#pragma once

#include <bpf/bpf_helpers.h>

#define const
#define asm
#define volatile(...) user_step()
#define __sync_lock_test_and_set(to, value) (user_step(), __sync_lock_test_and_set(to, value))
#define __sync_fetch_and_or(to, bits) (user_step(), __sync_fetch_and_or(to, bits))
#define __sync_val_compare_and_swap(to, old, value) (user_step(), __sync_val_compare_and_swap(to, old, value))
